using System.Text.Json;

namespace TryOn.Sandbox.Gemini;

/// <summary>Shared validation of fields. Each method returns the message of the first error, or null.</summary>
public static class GeminiFields
{
    public static string? Members(JsonElement value, string path, params ReadOnlySpan<string> known)
    {
        if (value.ValueKind != JsonValueKind.Object)
            return $"Invalid value at '{path}', expected an object.";
        foreach (var field in value.EnumerateObject())
        {
            if (!known.Contains(field.Name))
                return $"Invalid JSON payload received. Unknown name \"{field.Name}\" at '{path}': Cannot find field.";
        }

        return null;
    }

    public static string? Each(JsonElement parent, string name, Func<JsonElement, string, string?> check)
    {
        if (!parent.TryGetProperty(name, out var list))
            return null;
        if (list.ValueKind != JsonValueKind.Array)
            return $"Invalid value at '{name}', expected a list.";
        return list.EnumerateArray()
            .Select((item, index) => check(item, $"{name}[{index}]"))
            .FirstOrDefault(flaw => flaw is not null);
    }

    public static string? OneOf(JsonElement parent, string name, params ReadOnlySpan<string> known)
    {
        if (!parent.TryGetProperty(name, out var value))
            return null;
        return IsOneOf(value, known) ? null : $"Invalid value at '{name}': {Shown(value)}.";
    }

    public static bool IsOneOf(JsonElement value, params ReadOnlySpan<string> known) =>
        value.ValueKind == JsonValueKind.String && known.Contains(value.GetString()!);

    // Shortened, since a value in the wrong place may be a picture.
    public static string Shown(JsonElement value)
    {
        const int ShownMax = 40;
        var text = value.GetRawText();
        return text.Length <= ShownMax ? text : text[..ShownMax] + "...";
    }
}
