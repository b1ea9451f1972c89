using System.Globalization;
using TryOn.Core.Accounts;
using TryOn.Core.Jobs;

namespace TryOn.Throughput;

/// <summary>
/// Thousands watch jobs, over SSE and WebSocket; some of them never read. How soon do the others hear of an end, and what
/// memory does it take? Time counts from the capture in the account's statement, which follows the job's commit at once,
/// and beside it from the job's own end, which is set down before that is committed. The same ends, as far apart, are then
/// told to as many by a bare server.
/// </summary>
internal static class Watchers
{
    private const int Accounts = 10;
    private const int WatchersPerJob = 75;
    private const int ConnectingAtOnce = 64;

    private static readonly TimeSpan KlingLatency = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan EndMax = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(8);

    public static async Task Run(string gateway, int[] sizes)
    {
        var crowd = new Crowd(sizes.ElementAtOrDefault(0), sizes.ElementAtOrDefault(1), sizes.ElementAtOrDefault(2));
        crowd = crowd.All == 0 ? new Crowd(500, 200, 50) : crowd;
        var jobs = sizes.ElementAtOrDefault(3) is > 0 and var count ? count : Math.Max(10, crowd.All / WatchersPerJob);
        // Long enough for everybody to come, and for those who do not read to be found out.
        var life = TimeSpan.FromSeconds(40 + (crowd.All / 250.0));
        var layout = new Layout("watched", new NodeCommand(gateway))
        {
            More = new Dictionary<string, string>
            {
                ["TryOn__Sandbox__Speed"] = (KlingLatency / life).ToString(CultureInfo.InvariantCulture),
                ["TryOn__Limits__StreamsMax"] = "100000",
            },
        };
        await Say("| server | watchers | p50 ms | p99 ms | max ms | ratio of p99 | wrong |");
        await Say("|---|---|---|---|---|---|---|");
        var (sinceCapture, sinceEnd, offsets, memory) = await Gateway(layout, crowd, jobs);
        var bare = await Bare(crowd, offsets);
        await Tell("bare server", bare, bare);
        await Tell("gateway, from the capture", sinceCapture, bare);
        await Tell("gateway, from the end", sinceEnd, bare);
        await Say($"\n{jobs} jobs, which ended within {offsets[^1].TotalSeconds:F1} s.");
        await Say(memory);
    }

    private static async Task<(Heard SinceCapture, Heard SinceEnd, TimeSpan[] Offsets, string Memory)> Gateway(
        Layout layout, Crowd crowd, int jobs)
    {
        await using var nodes = await layout.Start();
        using var http = new HttpClient { BaseAddress = nodes.Front };
        var accounts = await Task.WhenAll(Enumerable.Range(0, Accounts).Select(i => Load.Open(http, i)));
        var orders = new List<(string Id, string Key)>();
        for (var i = 0; i < jobs; i++)
        {
            var job = await Load.Post(http, accounts[i % Accounts].Key, "kling/kolors-v1-5");
            orders.Add((job!["id"]!.GetValue<string>(), accounts[i % Accounts].Key));
        }

        var before = nodes.Resident();
        var readers = new List<(StreamClient Client, string Job)>();
        var deaf = new List<StreamClient>();
        var clock = TimeProvider.System;
        var start = clock.GetTimestamp();
        await Each(crowd.Readers + crowd.Deaf, async i =>
        {
            var (id, key) = orders[i % jobs];
            var (client, socket) = (new StreamClient(), i < crowd.Readers ? i >= crowd.Events : i % 2 == 0);
            await client.Connect(nodes.Front, $"/api/v1/tryon/{id}/{(socket ? "ws" : "events")}", key, socket, i >= crowd.Readers);
            lock (readers)
            {
                if (i < crowd.Readers)
                    readers.Add((client, id));
                else
                    deaf.Add(client);
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
        await Task.WhenAny(watching, Task.Delay(Calm, clock));
        await Task.Delay(Calm, clock);
        var after = nodes.Resident();
        var gone = await Task.WhenAll(deaf.Select(async client =>
        {
            using var soon = new CancellationTokenSource(Calm);
            return await client.Gone(soon.Token);
        }));
        await nodes.Stop();
        using var records = new StoredRecords(Path.Combine(nodes.Folder, "data"));
        var ends = new Dictionary<string, DateTimeOffset>();
        foreach (var (id, _) in orders)
            ends[id] = EndOf(records, id);
        var captures = Captures(records, accounts.Select(account => account.Id));
        var wrong = readers.Count(reader => !Right(reader.Client, reader.Job));
        var sinceCapture = Heard.Of(readers.Select(reader => reader.Client.EndedAt - captures[reader.Job]), wrong);
        var sinceEnd = Heard.Of(readers.Select(reader => reader.Client.EndedAt - ends[reader.Job]), wrong);
        readers.ForEach(reader => reader.Client.Dispose());
        var first = captures.Values.Min();
        return (sinceCapture, sinceEnd, [.. orders.Select(order => captures[order.Id] - first).Order()],
            $"Memory of the gateway in MB: {before} with the jobs, {connected.Memory} with all watchers, {steady} just before the "
            + $"first end, {peak} at most, {after} afterwards. {crowd.Events} SSE, {crowd.Sockets} WebSocket, {crowd.Deaf} that "
            + $"never read, of whom {gone.Count(one => one)} are gone; all connected in {connected.Took.TotalSeconds:F1} s; "
            + $"{cpu.TotalSeconds:F1} s of processor in all.");
    }

    /// <summary>As many watchers, in as many groups, each told as long after the first as its job ended.</summary>
    private static async Task<Heard> Bare(Crowd crowd, TimeSpan[] offsets)
    {
        await using var nodes = new Nodes();
        await nodes.Add(typeof(Watchers).Assembly.Location, [], ["--bare-events"]);
        using var http = new HttpClient { BaseAddress = nodes.Front };
        var readers = new List<(StreamClient Client, int Group)>();
        await Each(crowd.Readers, async i =>
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
            using var answer = await http.PostAsync(new Uri($"/release?group={group}", UriKind.Relative), content: null);
            return new DateTimeOffset(long.Parse(await answer.Content.ReadAsStringAsync()), TimeSpan.Zero);
        }));
        await watching;
        var heard = Heard.Of(readers.Select(reader => reader.Client.EndedAt - released[reader.Group]), wrong: 0);
        readers.ForEach(reader => reader.Client.Dispose());
        return heard;
    }

    private static Task Each(int count, Func<int, Task> act) => Parallel.ForEachAsync(
        Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = ConnectingAtOnce },
        async (i, _) => await act(i));

    private static DateTimeOffset EndOf(StoredRecords records, string jobId)
    {
        var job = records.Read<JobState>("job", jobId).State;
        return job is { Status: JobStatus.Succeeded, EndedAt: { } at } ? at : throw new InvalidDataException($"{jobId} is {job.Status}.");
    }

    private static Dictionary<string, DateTimeOffset> Captures(StoredRecords records, IEnumerable<string> accountIds)
    {
        var captures = new Dictionary<string, DateTimeOffset>();
        foreach (var id in accountIds)
        {
            foreach (var entry in records.Read<AccountState>("account", id).State.Tail.Where(entry => entry.Kind == EntryKind.Capture))
                captures[entry.JobId!] = entry.At;
        }

        return captures;
    }

    private static bool Right(StreamClient client, string jobId) =>
        client.End.Contains($"\"id\":\"{jobId}\"", StringComparison.Ordinal)
        && client.End.Contains("\"status\":\"succeeded\"", StringComparison.Ordinal);

    private static Task Tell(string server, Heard heard, Heard bare) => Say(
        $"| {server} | {heard.Count} | {heard.P50:F0} | {heard.P99:F0} | {heard.Max:F0} | {heard.P99 / bare.P99:F2} | {heard.Wrong} |");

    private static Task Say(string line) => Console.Out.WriteLineAsync(line);

    private sealed record Crowd(int Events, int Sockets, int Deaf)
    {
        public int Readers => Events + Sockets;

        public int All => Readers + Deaf;
    }

    /// <summary>Milliseconds from an end to its watchers.</summary>
    private sealed record Heard(int Count, double P50, double P99, double Max, int Wrong)
    {
        public static Heard Of(IEnumerable<TimeSpan?> times, int wrong)
        {
            var sorted = times.OfType<TimeSpan>().Order().ToArray();
            return new Heard(
                sorted.Length, Load.Percentile(sorted, 0.5).TotalMilliseconds, Load.Percentile(sorted, 0.99).TotalMilliseconds,
                Load.Percentile(sorted, 1).TotalMilliseconds, wrong);
        }
    }
}
