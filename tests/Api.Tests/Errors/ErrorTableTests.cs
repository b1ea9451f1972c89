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
        var said = Codes.ToDictionary(ErrorStatus.Name, code => ErrorStatus.Of(code).Status);
        Assert.Equal(said.OrderBy(row => row.Key), Documented().OrderBy(row => row.Key));
    }

    [Fact]
    public void Codes_ButInternal_AreTheCallersOrTheProviders()
    {
        var unexplained = Codes.Where(code => code != ErrorCode.Internal && ErrorStatus.Of(code).Status == 500);
        Assert.Empty(unexplained);
    }

    /// <summary>Rows of the form <c>| name | status | …</c>, the name in backticks or not.</summary>
    private static Dictionary<string, int> Documented() => File.ReadLines(Path.Combine(Root(), "docs", "errors.md"))
        .Where(line => line.StartsWith('|'))
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
        .Where(cells => cells.Length > 2 && int.TryParse(cells[2].Trim('`'), out _))
        .ToDictionary(cells => cells[1].Trim('`'), cells => int.Parse(cells[2].Trim('`')));

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "TryOn.Orleans.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("The tests do not run inside the repository.");
    }
}
