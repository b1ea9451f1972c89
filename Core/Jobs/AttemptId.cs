using System.Globalization;

namespace TryOn.Core.Jobs;

/// <summary>How upstreams know an attempt: its job's id and its number.</summary>
public static class AttemptId
{
    private const char Separator = '-';

    public static string Of(string jobId, int number) => string.Create(CultureInfo.InvariantCulture, $"{jobId}{Separator}{number}");

    /// <summary>False for what cannot be the id of an attempt.</summary>
    public static bool TryRead(string text, out string jobId, out int number)
    {
        var at = text.LastIndexOf(Separator);
        jobId = at > 0 ? text[..at] : "";
        number = 0;
        return at > 0 && int.TryParse(text.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
