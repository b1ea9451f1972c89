using System.Globalization;
using TryOn.Core.Errors;

namespace TryOn.Api.Jobs;

/// <summary>
/// How long a caller waits for an answer (RFC 7240, section 4.3), and after how long its job is to be canceled.
/// </summary>
/// <param name="Wait">Null if the caller stated no preference.</param>
public sealed record WaitPreferences(TimeSpan? Wait, TimeSpan? CancelAfter)
{
    private const string Preference = "wait";
    private const int WaitSecondsMax = 60;

    private static readonly TimeSpan CancelAfterMin = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CancelAfterMax = TimeSpan.FromHours(1);

    public static Error InvalidCancelAfter { get; } = new(
        ErrorCode.InvalidRequest, "Cancel-After is a time from 1 second to an hour, such as 15s or 2m.",
        "Cancel-After");

    /// <summary>
    /// Reads both headers. An invalid Prefer header may be ignored; an invalid Cancel-After may not, since ignoring it
    /// could cost money.
    /// </summary>
    public static bool Read(HttpRequest request, out WaitPreferences preferences)
    {
        var text = request.Headers["Cancel-After"].ToString().Trim();
        var cancelAfter = text.Length > 0 ? Duration(text) : null;
        preferences = new WaitPreferences(WaitOf(request), cancelAfter);
        return text.Length == 0 || (cancelAfter >= CancelAfterMin && cancelAfter <= CancelAfterMax);
    }

    private static TimeSpan? WaitOf(HttpRequest request)
    {
        var preferences = request.Headers["Prefer"].SelectMany(line => (line ?? "").Split([',', ';']));
        foreach (var preference in preferences.Select(preference => preference.Trim()))
        {
            if (preference.Equals(Preference, StringComparison.OrdinalIgnoreCase))
                return TimeSpan.FromSeconds(WaitSecondsMax);
            if (preference.StartsWith(Preference + "=", StringComparison.OrdinalIgnoreCase)
                && Number(preference[(Preference.Length + 1)..]) is { } seconds)
            {
                return TimeSpan.FromSeconds(Math.Min(seconds, WaitSecondsMax));
            }
        }

        return null;
    }

    private static TimeSpan? Duration(string text) => text[^1] switch
    {
        's' => Seconds(text[..^1], 1),
        'm' => Seconds(text[..^1], 60),
        'h' => Seconds(text[..^1], 3600),
        _ => Seconds(text, 1),
    };

    private static TimeSpan? Seconds(string text, int unit) =>
        Number(text) is { } number ? TimeSpan.FromSeconds((long)number * unit) : null;

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
