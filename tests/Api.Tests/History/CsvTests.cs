using TryOn.Api.History;

namespace TryOn.Api.Tests.History;

public sealed class CsvTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("two words", "\"two words\"")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a;b", "\"a;b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("line\r\nline", "\"line\r\nline\"")]
    [InlineData("", "")]
    public void Text_WithSpecialCharacters_IsQuoted(string text, string written) =>
        Assert.Equal($"{written}\r\n", Csv.Line(text));

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+1")]
    [InlineData("-1")]
    [InlineData("@SUM(A1)")]
    [InlineData("\t=1")]
    [InlineData("\r=1")]
    [InlineData("\n=1")]
    [InlineData("  =1")]
    [InlineData("\uFF1D1")]
    [InlineData("=HYPERLINK(\"https://x\",\"y\")")]
    public void Text_ThatWouldBeAFormula_IsMadeHarmless(string text) =>
        Assert.StartsWith("'", Csv.Line(text).TrimStart('"'), StringComparison.Ordinal);

    [Fact]
    public void Numbers_InACell_AreNotQuoted() => Assert.Equal(
        "-5,,2026-03-01,2026-03-01T10:00:00.5Z\r\n",
        Csv.Line(-5L, null, new DateOnly(2026, 3, 1), new DateTimeOffset(
            2026, 3, 1, 12, 0, 0, 500, TimeSpan.FromHours(2))));
}
