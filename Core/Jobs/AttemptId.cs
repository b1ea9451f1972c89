using System.Globalization;

namespace TryOn.Core.Jobs;

/// <summary>The id of an attempt at the upstream: its job's id and its number.</summary>
public static class AttemptId
{
    private const char Separator = '-';

    public static string Create(string jobId, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{jobId}{Separator}{number}");

    /// <summary>False if the text cannot be an attempt id.</summary>
    public static bool TryRead(string text, out string jobId, out int number)
    {
        var at = text.LastIndexOf(Separator);
        jobId = at > 0 ? text[..at] : "";
        number = 0;
        return at > 0 && int.TryParse(text.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
