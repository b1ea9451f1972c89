using System.Globalization;
using System.Net.Http.Headers;

namespace TryOn.Providers.Wire;

/// <summary>Parses an upstream's hint when to retry.</summary>
public static class RetryHint
{
    /// <summary>
    /// Upper limit of a hint: a longer wait is taken for a mistake and must not delay a job for days.
    /// </summary>
    public static readonly TimeSpan Max = TimeSpan.FromHours(1);

    public static TimeSpan? From(RetryConditionHeaderValue? header, TimeProvider time)
    {
        if (header is null)
            return null;
        return Clamp(header.Delta ?? header.Date - time.GetUtcNow());
    }

    /// <summary>Parses Google's duration format, seconds with an optional fraction: <c>34s</c>, <c>1.5s</c>.</summary>
    public static TimeSpan? FromSeconds(string? text)
    {
        if (text is not { Length: >= 2 and <= 24 } || text[^1] != 's')
            return null;
        var number = text.AsSpan(0, text.Length - 1);
        var style = NumberStyles.AllowDecimalPoint;
        return decimal.TryParse(number, style, CultureInfo.InvariantCulture, out var seconds)
            ? Clamp(TimeSpan.FromSeconds((double)Math.Min(seconds, (decimal)Max.TotalSeconds)))
            : null;
    }

    /// <summary>Parses a whole number of milliseconds.</summary>
    public static TimeSpan? FromMilliseconds(string? text) =>
        text is { Length: <= 12 } && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var wait)
            ? Clamp(TimeSpan.FromMilliseconds(wait))
            : null;

    private static TimeSpan? Clamp(TimeSpan? hint) =>
        hint is not { } wait || wait < TimeSpan.Zero ? null : wait > Max ? Max : wait;
}
