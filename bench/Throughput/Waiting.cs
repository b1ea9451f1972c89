using System.Globalization;

namespace TryOn.Throughput;

/// <summary>
/// What a crowd of jobs costs that wait for their upstream: memory, and the time after a kill until every one of them
/// is asked for again. How late polls come is told before the kill and after it.
/// </summary>
internal sealed class Waiting(Layout layout, int jobs, int tasks, TimeSpan interval)
{
    /// <summary>A record of an account is written whole, so its open reservations must be few.</summary>
    private const int JobsPerAccount = 100;

    private const int Clients = 64;

    /// <summary>The most that the gateway lets an upstream run at once; other jobs wait in line before it.</summary>
    public const int TasksMax = 10_000;

    /// <summary>Polls a second that leave two cores mostly idle.</summary>
    private const int PollsPerSecond = 500;

    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan IntervalMin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(10);
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
        await using var nodes = await (layout with { More = Settings(upstream.Address) }).Start();
        var ready = nodes.ReadyAfter;
        var keys = await OpenAccounts(nodes);
        await Task.Delay(Calm, Clock);
        var idle = nodes.ResidentBytes();
        var submitting = await Submit(nodes, keys, upstream);
        await Until("polled", () => upstream.Polled == tasks);
        var before = await Watch(nodes, upstream);
        await nodes.Stop();
        upstream.Forget();
        var killed = Clock.GetTimestamp();
        await nodes.Restart();
        await Until("polled again", () => upstream.Polled == tasks);
        var again = Clock.GetElapsedTime(killed);
        var after = await Watch(nodes, upstream);

        await Say($"{layout.Name}: {jobs} jobs on {keys.Length} accounts, {tasks} of them at the upstream, "
            + $"polled every {interval.TotalSeconds:F0} s; accepted at {jobs / submitting.TotalSeconds:F0} jobs/s.\n");
        await Say("| | before the kill | after the restart |\n|---|---|---|");
        await Say($"| seconds until ready | {ready.TotalSeconds:F2} | {nodes.ReadyAfter.TotalSeconds:F2} |");
        await Say($"| seconds from the start until all are polled | - | {again.TotalSeconds:F2} |");
        await Say($"| MB idle | {idle / 1024 / 1024} | - |");
        await Row("MB with the jobs", watched => watched.Bytes / 1024 / 1024);
        await Row("bytes a job", watched => (watched.Bytes - idle) / jobs);
        await Row("processor ms a poll", watched => watched.Cpu.TotalMilliseconds / watched.Late.Length, "F2");
        await Row("polls", watched => watched.Late.Length);
        await Row("poll late by ms, p50", watched => Late(watched, 0.5));
        await Row("poll late by ms, p99", watched => Late(watched, 0.99));
        await Row("poll late by ms, most", watched => Late(watched, 1));
        await Say($"| submits beyond one a job | - | {upstream.Submits - tasks} |");

        Task Row(string name, Func<Watched, double> value, string format = "F0") =>
            Say($"| {name} | {value(before).ToString(format, Plain)} | {value(after).ToString(format, Plain)} |");
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

    /// <summary>The time until the last job was accepted.</summary>
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

    /// <summary>Two polls of each task, and the memory at their end.</summary>
    private async Task<Watched> Watch(Nodes nodes, WaitingUpstream upstream)
    {
        upstream.TakeIntervals();
        var cpu = nodes.Cpu();
        await Task.Delay((2 * interval) + Calm, Clock);
        var late = upstream.TakeIntervals().Select(each => each - interval);
        return new Watched(nodes.ResidentBytes(), nodes.Cpu() - cpu, [.. late]);
    }

    private async Task Until(string state, Func<bool> reached)
    {
        var since = Clock.GetTimestamp();
        while (!reached())
        {
            if (Clock.GetElapsedTime(since) > (2 * interval) + GraceMax)
                throw new InvalidDataException($"Not all of {tasks} tasks were {state}.");
            await Task.Delay(LookEvery, Clock);
        }
    }

    private static double Late(Watched watched, double share) => Load.Percentile(watched.Late, share).TotalMilliseconds;

    private static Task Say(string line) => Console.Out.WriteLineAsync(line);

    /// <param name="Late">How much longer than the interval each poll was in coming, in ascending order.</param>
    private sealed record Watched(long Bytes, TimeSpan Cpu, TimeSpan[] Late);
}
