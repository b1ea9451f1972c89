using System.Globalization;
using TryOn.Simulation.Tests.Bugs;
using Xunit.Abstractions;

namespace TryOn.Simulation.Tests;

/// <summary>
/// Accounts and jobs in worlds that fail in every way, each world from one number. <c>make sim SEED=n</c> runs one with
/// its whole trace.
/// </summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    private static int Seeds => Settings.Number("TRYON_SIM_SEEDS") ?? 10_000;

    [Fact]
    public void World_OfAnySeed_KeepsEveryRule()
    {
        if (Settings.Number("TRYON_SIM_SEED") is { } only)
        {
            Replay(only);
            return;
        }

        var first = Settings.Number("TRYON_SIM_FIRST") ?? 1;
        var report = Runs.Many(first, Seeds, Bug.None);
        output.WriteLine(report.Speed);
        Assert.True(report.Failures.IsEmpty, report.Text);
    }

    [Fact]
    public void World_OfOneSeed_HappensTheSameWayTwice()
    {
        foreach (var seed in Enumerable.Range(1, 40))
        {
            var (once, again) = (Run(seed), Run(seed));
            Assert.Equal((once.Hash, once.Steps), (again.Hash, again.Steps));
        }
    }

    private static Outcome Run(int seed) => new World(seed, Bug.None, writer: null, flawedMachines: false).Run();

    private void Replay(int seed)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        var bug = Enum.TryParse<Bug>(Environment.GetEnvironmentVariable("TRYON_SIM_BUG"), out var named)
            ? named
            : Bug.None;
        var outcome = new World(seed, bug, writer, flawedMachines: bug != Bug.None).Run();
        output.WriteLine(writer.ToString());
        output.WriteLine($"seed {seed}: {outcome.Steps} steps, trace {outcome.Hash:x16}");
        Assert.True(outcome.Violation is null, $"{outcome.Violation}");
    }
}
