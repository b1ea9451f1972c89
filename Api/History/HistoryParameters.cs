using System.Globalization;
using TryOn.Core.Errors;

namespace TryOn.Api.History;

/// <summary>
/// Query parameters of the history routes. They are parsed by hand and not bound, so that an invalid one is rejected in
/// the usual error format. The first error is kept; check <see cref="Error"/> before using any value.
/// </summary>
public sealed class HistoryParameters(HttpRequest request)
{
    private const int TextLengthMax = 255;

    public Error? Error { get; private set; }

    public string? Text(string name)
    {
        var text = request.Query[name].ToString();
        if (text.Length > TextLengthMax)
            Refuse(name, $"{name} has at most {TextLengthMax} characters.");
        return text.Length == 0 ? null : text;
    }

    public long Number(string name, long otherwise, long min, long max)
    {
        if (Text(name) is not { } text)
            return otherwise;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min
            && number <= max)
            return number;
        Refuse(name, $"{name} is a whole number from {min} to {max}.");
        return otherwise;
    }

    /// <summary>Parses a day, which begins at midnight UTC, or a time with its offset.</summary>
    public DateTimeOffset? Time(string name)
    {
        if (Text(name) is not { } text)
            return null;
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        string[] formats = ["yyyy-MM-dd", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK"];
        if (DateTimeOffset.TryParseExact(text, formats, CultureInfo.InvariantCulture, Utc, out var time))
            return time;
        Refuse(name, $"{name} is a day as 2026-01-31, or a time as 2026-01-31T12:00:00Z.");
        return null;
    }

    public Period Period()
    {
        var period = new Period(Time("from"), Time("to"));
        if (period.From >= period.To)
            Refuse("to", "to lies after from.");
        return period;
    }

    /// <summary>Returns one of the given words, or null when the parameter is absent.</summary>
    public string? OneOf(string name, params ReadOnlySpan<string> words)
    {
        if (Text(name) is not { } text || words.Contains(text))
            return Text(name);
        Refuse(name, $"{name} is one of {string.Join(", ", words)}.");
        return null;
    }

    /// <summary>True to answer in CSV. The <c>format</c> parameter takes precedence over the Accept header.</summary>
    public bool Csv()
    {
        var accepted = request.Headers.Accept.ToString().Contains("text/csv", StringComparison.OrdinalIgnoreCase);
        return OneOf("format", "json", "csv") is { } format ? format == "csv" : accepted;
    }

    public void Refuse(string name, string message) => Error ??= new Error(ErrorCode.InvalidRequest, message, name);
}
