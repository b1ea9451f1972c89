using System.Globalization;

namespace TryOn.Throughput;

/// <summary>
/// Measures jobs that wait for their upstream: their memory, and the time after a kill until every one of them is
/// polled again. The delay of polls is reported before and after the kill.
/// </summary>
internal sealed class WaitingJobs(Layout layout, int jobs, int tasks, TimeSpan interval)
{
    /// <summary>An account's record is written as a whole, so its open reservations must be few.</summary>
    private const int JobsPerAccount = 100;

    private const int Clients = 64;

    /// <summary>The most tasks that the gateway lets an upstream run at once; further jobs wait in its queue.</summary>
    public const int TasksMax = 10_000;

    /// <summary>Polls per second that leave two cores mostly idle.</summary>
    private const int PollsPerSecond = 500;

    private static readonly TimeSpan SettleTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan IntervalMin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan CheckInterval = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan GraceMax = TimeSpan.FromMinutes(5);

    private static readonly TimeProvider Clock = TimeProvider.System;
    private static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    public static TimeSpan IntervalFor(int tasks)
    {
        var slowest = TimeSpan.FromSeconds(tasks / (double)PollsPerSecond);
        return slowest > IntervalMin ? slowest : IntervalMin;
    }

    public async Task Run()
    {
        await using var upstream = await WaitingUpstream.Start();
        await using var nodes = await (layout with { Overrides = Settings(upstream.Address) }).Start();
        var ready = nodes.ReadyAfter;
        var keys = await OpenAccounts(nodes);
        await Task.Delay(SettleTime, Clock);
        var idle = nodes.ResidentBytes();
        var submitting = await Submit(nodes, keys, upstream);
        await Until("polled", () => upstream.Polled == tasks);
        var before = await Observe(nodes, upstream);
        await nodes.Stop();
        upstream.Forget();
        var killed = Clock.GetTimestamp();
        await nodes.Restart();
        await Until("polled again", () => upstream.Polled == tasks);
        var again = Clock.GetElapsedTime(killed);
        var after = await Observe(nodes, upstream);

        await WriteLine($"{layout.Name}: {jobs} jobs on {keys.Length} accounts, {tasks} of them at the upstream, "
            + $"polled every {interval.TotalSeconds:F0} s; accepted at {jobs / submitting.TotalSeconds:F0} jobs/s.\n");
        await WriteLine("| | before the kill | after the restart |\n|---|---|---|");
        await WriteLine($"| seconds until ready | {ready.TotalSeconds:F2} | {nodes.ReadyAfter.TotalSeconds:F2} |");
        await WriteLine($"| seconds from the start until all are polled | - | {again.TotalSeconds:F2} |");
        await WriteLine($"| MB idle | {idle / 1024 / 1024} | - |");
        await Row("MB with the jobs", observed => observed.Bytes / 1024 / 1024);
        await Row("bytes a job", observed => (observed.Bytes - idle) / jobs);
        await Row("processor ms a poll", observed => observed.Cpu.TotalMilliseconds / observed.Late.Length, "F2");
        await Row("polls", observed => observed.Late.Length);
        await Row("poll late by ms, p50", observed => Late(observed, 0.5));
        await Row("poll late by ms, p99", observed => Late(observed, 0.99));
        await Row("poll late by ms, most", observed => Late(observed, 1));
        await WriteLine($"| submits beyond one a job | - | {upstream.Submits - tasks} |");

        Task Row(string name, Func<Observation, double> value, string format = "F0") =>
            WriteLine($"| {name} | {value(before).ToString(format, Plain)} | {value(after).ToString(format, Plain)} |");
    }

    private Dictionary<string, string> Settings(string upstream) => new()
    {
        ["TryOn__Providers__Kling__BaseUrl"] = upstream,
        ["TryOn__Providers__Kling__ApiKey"] = "any",
        ["TryOn__Providers__Kling__ConcurrencyMax"] = tasks.ToString(Plain),
        ["TryOn__Providers__Kling__FirstPoll"] = interval.ToString(),
        ["TryOn__Providers__Kling__PollInterval"] = interval.ToString(),
        ["TryOn__Limits__JobDeadline"] = "01:00:00",
    };

    private async Task<string[]> OpenAccounts(Nodes nodes)
    {
        using var http = new HttpClient { BaseAddress = nodes.Front };
        var keys = new List<string>();
        for (var i = 0; i * JobsPerAccount < jobs; i++)
            keys.Add((await Load.Open(http, i, "live")).Key);
        return [.. keys];
    }

    /// <summary>Returns the time until the last job was accepted.</summary>
    private async Task<TimeSpan> Submit(Nodes nodes, string[] keys, WaitingUpstream upstream)
    {
        using var http = new HttpClient { BaseAddress = nodes.Front };
        var start = Clock.GetTimestamp();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, jobs), new ParallelOptions { MaxDegreeOfParallelism = Clients }, async (i, _) =>
            {
                var job = await Load.Post(http, keys[i % keys.Length], "kling/kolors-v1-5");
                if (job?["id"] is null)
                    throw new InvalidDataException($"Job {i} was not accepted: {job}");
            });
        var took = Clock.GetElapsedTime(start);
        await Until("submitted", () => upstream.Submits >= tasks);
        return took;
    }

    /// <summary>Observes two polls of each task, and the memory at the end.</summary>
    private async Task<Observation> Observe(Nodes nodes, WaitingUpstream upstream)
    {
        upstream.TakeIntervals();
        var cpu = nodes.Cpu();
        await Task.Delay((2 * interval) + SettleTime, Clock);
        var late = upstream.TakeIntervals().Select(each => each - interval);
        return new Observation(nodes.ResidentBytes(), nodes.Cpu() - cpu, [.. late]);
    }

    private async Task Until(string state, Func<bool> reached)
    {
        var since = Clock.GetTimestamp();
        while (!reached())
        {
            if (Clock.GetElapsedTime(since) > (2 * interval) + GraceMax)
                throw new InvalidDataException($"Not all of {tasks} tasks were {state}.");
            await Task.Delay(CheckInterval, Clock);
        }
    }

    private static double Late(Observation observed, double share) =>
        Load.Percentile(observed.Late, share).TotalMilliseconds;

    private static Task WriteLine(string line) => Console.Out.WriteLineAsync(line);

    /// <param name="Late">How much later than the interval each poll came, in ascending order.</param>
    private sealed record Observation(long Bytes, TimeSpan Cpu, TimeSpan[] Late);
}
