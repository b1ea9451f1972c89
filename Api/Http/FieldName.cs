using System.Globalization;

namespace TryOn.Api.Http;

/// <summary>The name of a form's field, and its place where it is one of a list: <c>image[0]</c>.</summary>
/// <param name="Index">Null for a field alone and for <c>image[]</c>, whose place is the order of sending.</param>
/// <param name="Readable">False where the brackets hold anything but a number.</param>
public readonly record struct FieldName(string List, int? Index, bool Readable = true)
{
    public static FieldName Parse(string name)
    {
        var (start, end) = name.IndexOf('[', StringComparison.Ordinal) is > 0 and var bracket
            ? (bracket, name.EndsWith(']') ? name.Length - 1 : name.Length)
            : (name.LastIndexOf('.'), name.Length);
        if (start <= 0)
            return new FieldName(name, Index: null);
        var place = name[(start + 1)..end];
        if (int.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            return new FieldName(name[..start], index, end < name.Length || name[start] == '.');
        return name[start] == '.'
            ? new FieldName(name, Index: null)
            : new FieldName(name[..start], Index: null, place.Length == 0 && end < name.Length);
    }
}
