using System.Globalization;
using TryOn.Core.Accounts;
using TryOn.Core.Jobs;

namespace TryOn.Throughput;

/// <summary>
/// Measures thousands of watchers over SSE and WebSocket, some of which never read: how soon the others receive a job's
/// end, and how much memory it takes. Time counts from the capture in the account's statement, which follows the job's
/// commit at once, and separately from the job's own end, which is recorded before that is committed. A bare server
/// then sends the same number of watchers the same ends at the same intervals.
/// </summary>
internal static class Watchers
{
    private const int Accounts = 10;
    private const int WatchersPerJob = 75;
    private const int ParallelConnects = 64;

    private static readonly TimeSpan KlingLatency = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan EndMax = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan SettleTime = TimeSpan.FromSeconds(8);

    public static async Task Run(string gateway, int[] sizes)
    {
        var counts = new WatcherCounts(
            sizes.ElementAtOrDefault(0), sizes.ElementAtOrDefault(1), sizes.ElementAtOrDefault(2));
        counts = counts.All == 0 ? new WatcherCounts(500, 200, 50) : counts;
        var jobs = sizes.ElementAtOrDefault(3) is > 0 and var count ? count : Math.Max(10, counts.All / WatchersPerJob);
        // Long enough for all watchers to connect, and for those that do not read to be detected.
        var life = TimeSpan.FromSeconds(40 + (counts.All / 250.0));
        var layout = new Layout("watched", new NodeCommand(gateway))
        {
            Overrides = new Dictionary<string, string>
            {
                ["TryOn__Sandbox__Speed"] = (KlingLatency / life).ToString(CultureInfo.InvariantCulture),
                ["TryOn__Limits__StreamsMax"] = "100000",
            },
        };
        await WriteLine("| server | watchers | p50 ms | p99 ms | max ms | ratio of p99 | wrong |");
        await WriteLine("|---|---|---|---|---|---|---|");
        var (sinceCapture, sinceEnd, offsets, memory) = await Gateway(layout, counts, jobs);
        var bare = await Bare(counts, offsets);
        await WriteRow("bare server", bare, bare);
        await WriteRow("gateway, from the capture", sinceCapture, bare);
        await WriteRow("gateway, from the end", sinceEnd, bare);
        await WriteLine($"\n{jobs} jobs, which ended within {offsets[^1].TotalSeconds:F1} s.");
        await WriteLine(memory);
    }

    private static async Task<(Delays SinceCapture, Delays SinceEnd, TimeSpan[] Offsets, string Memory)> Gateway(
        Layout layout, WatcherCounts counts, int jobs)
    {
        await using var nodes = await layout.Start();
        using var http = new HttpClient { BaseAddress = nodes.Front };
        var accounts = await Task.WhenAll(Enumerable.Range(0, Accounts).Select(i => Load.Open(http, i)));
        var jobList = new List<(string Id, string Key)>();
        for (var i = 0; i < jobs; i++)
        {
            var job = await Load.Post(http, accounts[i % Accounts].Key, "kling/kolors-v1-5");
            jobList.Add((job!["id"]!.GetValue<string>(), accounts[i % Accounts].Key));
        }

        var before = nodes.Resident();
        var readers = new List<(StreamClient Client, string Job)>();
        var nonReaders = new List<StreamClient>();
        var clock = TimeProvider.System;
        var start = clock.GetTimestamp();
        await Each(counts.Readers + counts.NonReaders, async i =>
        {
            var (id, key) = jobList[i % jobs];
            var (client, socket) = (new StreamClient(), i < counts.Readers ? i >= counts.Events : i % 2 == 0);
            await client.Connect(
                nodes.Front, $"/api/v1/tryon/{id}/{(socket ? "ws" : "events")}", key, socket, i >= counts.Readers);
            lock (readers)
            {
                if (i < counts.Readers)
                    readers.Add((client, id));
                else
                    nonReaders.Add(client);
            }
        });
        var connected = (Took: clock.GetElapsedTime(start), Memory: nodes.Resident());
        var watching = Task.WhenAll(readers.Select(reader => reader.Client.Watch()));
        var (peak, steady) = (0L, 0L);
        while (!watching.IsCompleted && clock.GetElapsedTime(start) < EndMax)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(250), clock);
            var now = nodes.Resident();
            peak = Math.Max(peak, now);
            steady = readers[0].Client.EndedAt is null ? now : steady;
        }

        var cpu = nodes.Cpu();
        await Task.WhenAny(watching, Task.Delay(SettleTime, clock));
        await Task.Delay(SettleTime, clock);
        var after = nodes.Resident();
        var gone = await Task.WhenAll(nonReaders.Select(async client =>
        {
            using var soon = new CancellationTokenSource(SettleTime);
            return await client.WasClosed(soon.Token);
        }));
        await nodes.Stop();
        using var records = new StoredRecords(Path.Combine(nodes.Folder, "data"));
        var ends = new Dictionary<string, DateTimeOffset>();
        foreach (var (id, _) in jobList)
            ends[id] = EndOf(records, id);
        var captures = Captures(records, accounts.Select(account => account.Id));
        var wrong = readers.Count(reader => !IsCorrect(reader.Client, reader.Job));
        var sinceCapture = Delays.FromTimes(
            readers.Select(reader => reader.Client.EndedAt - captures[reader.Job]), wrong);
        var sinceEnd = Delays.FromTimes(readers.Select(reader => reader.Client.EndedAt - ends[reader.Job]), wrong);
        readers.ForEach(reader => reader.Client.Dispose());
        var first = captures.Values.Min();
        return (sinceCapture, sinceEnd, [.. jobList.Select(job => captures[job.Id] - first).Order()],
            $"Memory of the gateway in MB: {before} with the jobs, {connected.Memory} with all watchers, {steady} just "
                + "before the "
            + $"first end, {peak} at most, {after} afterwards. {counts.Events} SSE, {counts.Sockets} WebSocket, "
            + $"{counts.NonReaders} that "
            + $"never read, of whom {gone.Count(one => one)} are gone; all connected in "
            + $"{connected.Took.TotalSeconds:F1} s; "
            + $"{cpu.TotalSeconds:F1} s of processor in all.");
    }

    /// <summary>
    /// The same number of watchers in as many groups, each sent its message at its job's offset from the first end.
    /// </summary>
    private static async Task<Delays> Bare(WatcherCounts counts, TimeSpan[] offsets)
    {
        await using var nodes = new Nodes();
        await nodes.Add(typeof(Watchers).Assembly.Location, [], ["--bare-events"]);
        using var http = new HttpClient { BaseAddress = nodes.Front };
        var readers = new List<(StreamClient Client, int Group)>();
        await Each(counts.Readers, async i =>
        {
            var client = new StreamClient();
            await client.Connect(nodes.Front, $"/events?group={i % offsets.Length}", key: null, socket: false);
            lock (readers)
                readers.Add((client, i % offsets.Length));
        });
        var watching = Task.WhenAll(readers.Select(reader => reader.Client.Watch()));
        var start = TimeProvider.System.GetTimestamp();
        var released = await Task.WhenAll(offsets.Select(async (offset, group) =>
        {
            if (offset - TimeProvider.System.GetElapsedTime(start) is { Ticks: > 0 } wait)
                await Task.Delay(wait, TimeProvider.System);
            using var answer = await http.PostAsync(
                new Uri($"/release?group={group}", UriKind.Relative), content: null);
            return new DateTimeOffset(long.Parse(await answer.Content.ReadAsStringAsync()), TimeSpan.Zero);
        }));
        await watching;
        var delays = Delays.FromTimes(
            readers.Select(reader => reader.Client.EndedAt - released[reader.Group]), wrong: 0);
        readers.ForEach(reader => reader.Client.Dispose());
        return delays;
    }

    private static Task Each(int count, Func<int, Task> act) => Parallel.ForEachAsync(
        Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = ParallelConnects },
        async (i, _) => await act(i));

    private static DateTimeOffset EndOf(StoredRecords records, string jobId)
    {
        var job = records.Read<JobState>("job", jobId).State;
        return job is { Status: JobStatus.Succeeded, EndedAt: { } at }
            ? at
            : throw new InvalidDataException($"{jobId} is {job.Status}.");
    }

    private static Dictionary<string, DateTimeOffset> Captures(StoredRecords records, IEnumerable<string> accountIds)
    {
        var captures = new Dictionary<string, DateTimeOffset>();
        foreach (var id in accountIds)
        {
            foreach (var entry in records.Read<AccountState>("account", id).State.Tail.Where(
                entry => entry.Kind == EntryKind.Capture))
                captures[entry.JobId!] = entry.At;
        }

        return captures;
    }

    private static bool IsCorrect(StreamClient client, string jobId) =>
        client.End.Contains($"\"id\":\"{jobId}\"", StringComparison.Ordinal)
        && client.End.Contains("\"status\":\"succeeded\"", StringComparison.Ordinal);

    private static Task WriteRow(string server, Delays delays, Delays bare) => WriteLine(
        $"| {server} | {delays.Count} | {delays.P50:F0} | {delays.P99:F0} | {delays.Max:F0} "
            + $"| {delays.P99 / bare.P99:F2} | {delays.Wrong} |");

    private static Task WriteLine(string line) => Console.Out.WriteLineAsync(line);

    private sealed record WatcherCounts(int Events, int Sockets, int NonReaders)
    {
        public int Readers => Events + Sockets;

        public int All => Readers + NonReaders;
    }

    /// <summary>Milliseconds from an end to its watchers.</summary>
    private sealed record Delays(int Count, double P50, double P99, double Max, int Wrong)
    {
        public static Delays FromTimes(IEnumerable<TimeSpan?> times, int wrong)
        {
            var sorted = times.OfType<TimeSpan>().Order().ToArray();
            return new Delays(
                sorted.Length, Load.Percentile(sorted, 0.5).TotalMilliseconds,
                Load.Percentile(sorted, 0.99).TotalMilliseconds, Load.Percentile(sorted, 1).TotalMilliseconds, wrong);
        }
    }
}
