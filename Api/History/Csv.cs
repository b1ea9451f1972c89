using System.Buffers;
using System.Globalization;

namespace TryOn.Api.History;

/// <summary>
/// Writes rows as RFC 4180 specifies. Text that callers choose, such as a user's name, must not become a formula when a
/// spreadsheet opens the file, so an apostrophe is put before it where needed
/// (https://owasp.org/www-community/attacks/CSV_Injection).
/// </summary>
public static class Csv
{
    private const string LineEnd = "\r\n";

    /// <summary>
    /// Includes the full-width characters, which spreadsheets in some languages treat like the plain ones.
    /// </summary>
    private static readonly SearchValues<char> FormulaStarts = SearchValues.Create(
        "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20");

    /// <summary>Includes the semicolon, which separates fields where the comma is the decimal point.</summary>
    private static readonly SearchValues<char> Special = SearchValues.Create("\",;\t\r\n ");

    public static string Line(params IEnumerable<object?> fields) => string.Join(',', fields.Select(Field)) + LineEnd;

    private static string Field(object? field) => field switch
    {
        null => "",
        string text => Quote(EscapeFormula(text)),
        DateTimeOffset time => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFZ", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(format: null, CultureInfo.InvariantCulture),
        _ => throw new ArgumentOutOfRangeException(nameof(field)),
    };

    private static string EscapeFormula(string text)
    {
        var first = text.AsSpan().TrimStart(' ');
        return first.Length > 0 && FormulaStarts.Contains(first[0]) ? $"'{text}" : text;
    }

    private static string Quote(string text) => text.AsSpan().ContainsAny(Special)
        ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : text;
}
