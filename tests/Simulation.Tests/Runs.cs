using System.Collections.Concurrent;
using TryOn.Simulation.Tests.Bugs;

namespace TryOn.Simulation.Tests;

/// <summary>Runs many independent worlds on two threads.</summary>
internal static class Runs
{
    private const int Threads = 2;
    private const int FailuresMax = 8;

    public static Report Many(int first, int count, Bug bug, bool flawedMachines = false)
    {
        var since = TimeProvider.System.GetTimestamp();
        var failures = new ConcurrentQueue<Failure>();
        var (worlds, steps) = (0, 0L);
        Parallel.For(first, first + count, new ParallelOptions { MaxDegreeOfParallelism = Threads }, (seed, loop) =>
        {
            var outcome = new World(seed, bug, writer: null, flawedMachines).Run();
            Interlocked.Add(ref steps, outcome.Steps);
            Interlocked.Increment(ref worlds);
            if (outcome.Violation is null)
                return;
            failures.Enqueue(new Failure(seed, outcome));
            if (failures.Count >= FailuresMax)
                loop.Stop();
        });
        return new Report(failures, worlds, steps, TimeProvider.System.GetElapsedTime(since));
    }

    /// <summary>
    /// Runs worlds one after the other, so that the first seed that catches a bug is always the same.
    /// </summary>
    public static (Failure? Found, int Worlds, long Steps) UntilBroken(int count, Bug bug)
    {
        var steps = 0L;
        for (var seed = 1; seed <= count; seed++)
        {
            var outcome = new World(seed, bug, writer: null, flawedMachines: true).Run();
            steps += outcome.Steps;
            if (outcome.Violation is not null)
                return (new Failure(seed, outcome), seed, steps);
        }

        return (null, count, steps);
    }
}

internal sealed record Failure(int Seed, Outcome Outcome)
{
    public string Line =>
        $"Seed {Seed} broke {Outcome.Violation!.Rule} at step {Outcome.Steps}: {Outcome.Violation.What}";

    public string Text =>
        $"""
        {Line}
        Run it again with: make sim SEED={Seed}
        {Outcome.Trace}
        """;
}

internal sealed record Report(ConcurrentQueue<Failure> Failures, int Worlds, long Steps, TimeSpan Took)
{
    /// <summary>The first failure in full, and the seeds of the others.</summary>
    public string Text => string.Join(
        '\n', Failures.OrderBy(failure => failure.Seed)
            .Select((failure, index) => index == 0 ? failure.Text : failure.Line));

    public string Speed =>
        $"{Worlds} worlds, {Steps} steps in {Took.TotalSeconds:F1} s: {Steps / Took.TotalMinutes / 1e6:F1} million "
            + "steps a minute";
}
