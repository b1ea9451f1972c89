using System.Collections.Concurrent;
using System.Globalization;
using TryOn.Core.Accounts;

namespace TryOn.Throughput;

/// <summary>
/// Measures reservations on one account through HTTP, each captured afterwards, as fast as they are committed, next to
/// the same web server without any work.
/// </summary>
internal static class HotAccount
{
    private const int Connections = 48;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(15);

    private const string Json =
        $$"""{"model":"kling/kolors-v1-5","person_images":"{{Picture.DataUrl}}","garment_images":"{{Picture.DataUrl}}"}""";

    public static async Task Run()
    {
        await Console.Out.WriteLineAsync(
            "| server | accepted/s | ratio | p50 ms | p99 ms | refused | mean commit batch |");
        await Console.Out.WriteLineAsync("|---|---|---|---|---|---|---|");
        double bare;
        await using (var nodes = new Nodes())
        {
            await nodes.Add(Own, [], ["--bare"]);
            var figures = await Drive(nodes, "/api/v1/tryon", "nobody");
            bare = figures.PerSecond;
            await WriteRow("bare server", figures, 1, "-");
        }

        await Measure(
            "reservations of one account", new Layout("account", new NodeCommand(Own, "--account")), AccountServer.Path,
            bare);
    }

    private static string Own => typeof(HotAccount).Assembly.Location;

    private static async Task Measure(string name, Layout layout, string path, double bare)
    {
        await using var nodes = await layout.Start();
        using var http = new HttpClient { BaseAddress = nodes.Front };
        var account = await Load.Open(http, 0);
        var hot = await Drive(nodes, path, account.Key);
        await nodes.Stop();
        await WriteRow(name, hot, hot.PerSecond / bare, MeanCommitBatch(nodes, account.Id));
    }

    /// <summary>Statement entries per write of the account's record. Throws if the balance does not add up.</summary>
    private static string MeanCommitBatch(Nodes gateway, string accountId)
    {
        using var records = new StoredRecords(Path.Combine(gateway.Folder, "data"));
        var (state, writes, _) = records.Read<AccountState>("account", accountId);
        if (state.Granted - state.Available != state.Reserved + state.Captured)
            throw new InvalidDataException("The balance is wrong.");
        return (state.Sequence / (double)writes).ToString("F1", CultureInfo.InvariantCulture);
    }

    private static Task WriteRow(string server, Figures figures, double ratio, string batch) =>
        Console.Out.WriteLineAsync(
        $"| {server} | {figures.PerSecond:F0} | {ratio:F2} | {figures.P50.TotalMilliseconds:F1} "
        + $"| {figures.P99.TotalMilliseconds:F1} | {figures.Refused} | {batch} |");

    private static async Task<Figures> Drive(Nodes nodes, string path, string key)
    {
        var request = RawClient.Post(nodes.Front, path, key, Json);
        await Drive(nodes.Front, request, WarmUp);
        return await Drive(nodes.Front, request, Measured);
    }

    private static async Task<Figures> Drive(
        Uri front, byte[] request, TimeSpan time)
    {
        var clock = TimeProvider.System;
        var latencies = new ConcurrentBag<TimeSpan>();
        var refused = 0;
        var start = clock.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(async () =>
        {
            using var client = new RawClient();
            await client.Connect(front);
            while (clock.GetElapsedTime(start) < time)
            {
                var sent = clock.GetTimestamp();
                if (await client.Send(request) == 202)
                    latencies.Add(clock.GetElapsedTime(sent));
                else
                    Interlocked.Increment(ref refused);
            }
        })));
        var took = clock.GetElapsedTime(start).TotalSeconds;
        var sorted = latencies.Order().ToArray();
        return new Figures(sorted.Length / took, Load.Percentile(sorted, 0.5), Load.Percentile(sorted, 0.99), refused);
    }

    private sealed record Figures(double PerSecond, TimeSpan P50, TimeSpan P99, int Refused);
}
