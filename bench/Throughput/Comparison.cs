using System.Globalization;

namespace TryOn.Throughput;

/// <summary>
/// Measures gateways under the same load in alternating rounds, so that other load on the machine affects all of them.
/// </summary>
internal static class Comparison
{
    /// <summary>Delay from ready to the measurement of idle memory.</summary>
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(3);

    private static readonly (string Name, string Format, Func<Sample, double> Value)[] Measures =
    [
        ("jobs/s", "F0", sample => sample.Figures.JobsPerSecond),
        ("p50 ms", "F0", sample => sample.Figures.P50.TotalMilliseconds),
        ("p99 ms", "F0", sample => sample.Figures.P99.TotalMilliseconds),
        ("failed jobs", "F0", sample => sample.Figures.Errors),
        ("processor ms a job", "F2", sample => sample.Figures.Cpu.TotalMilliseconds / sample.Figures.Jobs),
        ("rest of the machine, ms a job", "F2", sample => sample.Figures.Rest.TotalMilliseconds / sample.Figures.Jobs),
        ("seconds until ready", "F2", sample => sample.Ready.TotalSeconds),
        ("MB idle", "F0", sample => sample.IdleMegabytes),
        ("MB after the load", "F0", sample => sample.LoadedMegabytes),
    ];

    public static async Task Run(IReadOnlyList<Layout> layouts, int rounds, TimeSpan time)
    {
        var samples = layouts.Select(_ => new List<Sample>()).ToArray();
        for (var round = 1; round <= rounds; round++)
        {
            for (var i = 0; i < layouts.Count; i++)
            {
                var sample = await Measure(layouts[i], time);
                samples[i].Add(sample);
                await Console.Error.WriteLineAsync(
                    $"round {round} of {rounds}, {layouts[i].Name}: {sample.Figures.JobsPerSecond:F0} jobs/s");
            }
        }

        await WriteLine($"\nMedian of {rounds} rounds (lowest to highest), and its ratio to the first.\n");
        await WriteLine($"| | {string.Join(" | ", layouts.Select(layout => layout.Name))} |");
        await WriteLine($"|---|{string.Concat(layouts.Select(_ => "---|"))}");
        foreach (var (name, format, value) in Measures)
        {
            double[][] columns = [.. samples.Select(all => all.Select(value).Order().ToArray())];
            var cells = columns.Select((column, i) => Cell(column, i == 0 ? null : columns[0], format));
            await WriteLine($"| {name} | {string.Join(" | ", cells)} |");
        }

        var ratios = samples.Select(all => Cell([.. RatiosByRound(all, samples[0]).Order()], first: null, "F2"));
        await WriteLine($"| jobs/s, ratio within each round | {string.Join(" | ", ratios)} |");
    }

    private static async Task<Sample> Measure(Layout layout, TimeSpan time)
    {
        await using var nodes = await layout.Start();
        await Task.Delay(Idle, TimeProvider.System);
        var idle = nodes.Resident();
        var figures = await Load.Run(nodes, time);
        return new Sample(figures, nodes.ReadyAfter, idle, nodes.Resident());
    }

    /// <summary>Whatever slows the machine for minutes affects both sides of these ratios.</summary>
    private static IEnumerable<double> RatiosByRound(List<Sample> samples, List<Sample> first) =>
        samples.Zip(first, (one, other) => one.Figures.JobsPerSecond / other.Figures.JobsPerSecond);

    private static string Cell(double[] sorted, double[]? first, string format)
    {
        string Text(double number) => number.ToString(format, CultureInfo.InvariantCulture);
        var cell = $"{Text(Median(sorted))} ({Text(sorted[0])} to {Text(sorted[^1])})";
        return first is null || Median(first) == 0
            ? cell
            : string.Create(CultureInfo.InvariantCulture, $"{cell}, x {Median(sorted) / Median(first):F2}");
    }

    private static double Median(double[] sorted) => (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;

    private static Task WriteLine(string line) => Console.Out.WriteLineAsync(line);

    private sealed record Sample(Figures Figures, TimeSpan Ready, long IdleMegabytes, long LoadedMegabytes);
}
