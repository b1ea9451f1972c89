using Xunit.Abstractions;

namespace TryOn.Simulation.Tests.Bugs;

/// <summary>The simulation must catch bugs: every seeded bug must break a rule in some world.</summary>
public sealed class BugTests(ITestOutputHelper output)
{
    private const double CaughtMin = 0.95;

    private static int Seeds => Settings.Number("TRYON_SIM_BUG_SEEDS") ?? 1500;

    [Fact]
    public void Bugs_PutInOnPurpose_AreCaught()
    {
        var bugs = Enum.GetValues<Bug>().Where(bug => bug != Bug.None).ToArray();
        var caught = 0;
        foreach (var bug in bugs)
        {
            var (found, worlds, steps) = Runs.UntilBroken(Seeds, bug);
            caught += found is null ? 0 : 1;
            var how = found is null
                ? $"NOT CAUGHT in {worlds} worlds"
                : $"{found.Outcome.Violation!.Rule,-18} seed {found.Seed,5} step {found.Outcome.Steps,6}  "
                    + $"{found.Outcome.Violation.What}";
            output.WriteLine($"{bug,-30} {steps,10} steps  {how}");
        }

        output.WriteLine($"{caught} of {bugs.Length} caught");
        Assert.True(caught >= CaughtMin * bugs.Length, $"Only {caught} of {bugs.Length} bugs were caught.");
    }

    /// <summary>The flawed machines must not have bugs of their own.</summary>
    [Fact]
    public void FlawedMachines_WithoutABug_KeepEveryRule()
    {
        var report = Runs.Many(1, 300, Bug.None, flawedMachines: true);

        Assert.True(report.Failures.IsEmpty, report.Text);
    }
}
