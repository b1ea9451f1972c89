using TryOn.Api.Errors;
using TryOn.Core.Errors;
using ErrorCode = TryOn.Core.Errors.ErrorCode;

namespace TryOn.Api.Tests.Errors;

public sealed class ErrorTableTests
{
    private static readonly IEnumerable<ErrorCode> Codes = Enum.GetValues<ErrorCode>().Except([ErrorCode.None]);

    [Fact]
    public void Documentation_OfErrors_IsWhatTheGatewaySays()
    {
        var said = Codes.ToDictionary(ErrorStatus.Name, code => ErrorStatus.ForCode(code).Status);
        Assert.Equal(said.OrderBy(row => row.Key), Documented().OrderBy(row => row.Key));
    }

    [Fact]
    public void Codes_ButInternal_AreTheCallersOrTheProviders()
    {
        var unexplained = Codes.Where(code => code != ErrorCode.Internal && ErrorStatus.ForCode(code).Status == 500);
        Assert.Empty(unexplained);
    }

    /// <summary>
    /// Parses rows of the form <c>| name | status | …</c>, with or without backticks around the name.
    /// </summary>
    private static Dictionary<string, int> Documented() => File
        .ReadLines(Path.Combine(Repository.Root, "docs", "errors.md"))
        .Where(line => line.StartsWith('|'))
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
        .Where(cells => cells.Length > 2 && int.TryParse(cells[2].Trim('`'), out _))
        .ToDictionary(cells => cells[1].Trim('`'), cells => int.Parse(cells[2].Trim('`')));
}
