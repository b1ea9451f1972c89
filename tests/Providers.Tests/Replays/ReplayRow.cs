using TryOn.Core.Errors;
using TryOn.Core.Jobs;
using TryOn.Core.Providers;

namespace TryOn.Providers.Tests.Replays;

/// <summary>
/// One published answer of an upstream, and the expected outcome of a job that gets this answer every time.
/// </summary>
public sealed record ReplayRow(
    string Operation, int Status, string Header, string Body, FaultKind Kind, Settlement Charge, ErrorCode Told)
{
    public static IReadOnlyList<ReplayRow> Load(string provider) =>
    [
        .. File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Replays", "Tables", $"{provider}.txt"))
            .Where(line => !line.StartsWith('#')).Select(Parse),
    ];

    private static ReplayRow Parse(string line)
    {
        var cells = line.Split('|', StringSplitOptions.TrimEntries);
        Assert.True(cells.Length == 7, $"A row has seven cells: {line}");
        return new ReplayRow(
            cells[0], int.Parse(cells[1]), cells[2], cells[3], Enum.Parse<FaultKind>(cells[4]),
            Enum.Parse<Settlement>(cells[5], ignoreCase: true),
            cells[6].Length == 0 ? ErrorCode.None : Enum.Parse<ErrorCode>(cells[6]));
    }
}
