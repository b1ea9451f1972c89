using TryOn.Crash.Tests.Books;
using Xunit.Abstractions;

namespace TryOn.Crash.Tests.Storms;

/// <summary>
/// What it costs to know when Kling's tasks are done: 45 seconds each and TRYON_STORM_FLIGHT of them under way, or fewer
/// and quicker ones.
/// </summary>
public sealed class StatusRequestTests(ITestOutputHelper output)
{
    /// <summary>Enough for the gateway to know how long tasks take.</summary>
    private const int Learning = 8;

    /// <summary>The short form may share a machine with a whole build, and looks only for results that are forgotten.</summary>
    private static TimeSpan AddedMax => TimeSpan.FromSeconds(Scale.Flight is null ? 10 : 1.5);

    private static TimeSpan Latency => TimeSpan.FromSeconds(Scale.Flight is null ? 5 : 45);

    private static int Flight => Scale.Flight ?? 30;

    /// <summary>Without the list route each task is asked for by itself.</summary>
    [Theory]
    [InlineData(true, 0.2)]
    [InlineData(false, 2.0)]
    public async Task StatusRequests_OfManyTasks_AreFew(bool listed, double requestsMax)
    {
        using var storm = new StormRun(
            output, Latency, ["kling"], StormRun.Distinct with { Alike = true },
            ("TryOn__Providers__Kling__ConcurrencyMax", "2000"),
            // As it comes, but for the first tasks of the short form.
            ("TryOn__Providers__Kling__FirstPoll", $"{(Scale.Flight is null ? TimeSpan.FromSeconds(2) : TimeSpan.FromSeconds(20))}"),
            ("TryOn__Providers__Kling__PollInterval", "00:00:03"));
        await storm.Start();
        if (!listed)
            await storm.Weather.Order(new { provider = "kling", operation = "list", action = "status", status = 404, body = "no such route" });
        var kling = storm.Of("kling");
        await kling.Place(Learning, atOnce: Learning);
        await storm.Drain(Latency + TimeSpan.FromSeconds(20));
        var before = await storm.Weather.Requests("kling", "poll");

        // As many a second as end a second keeps the same number under way, for three times as long as a task takes.
        using var closing = new CancellationTokenSource(Latency * 3, TimeProvider.System);
        await kling.PlaceEvery(Latency / Flight, closing.Token);
        await storm.Drain(Latency + TimeSpan.FromSeconds(60));

        var jobs = kling.Orders.Count - Learning;
        var requests = await storm.Weather.Requests("kling", "poll") - before;
        var lists = await storm.Weather.Requests("kling", "list");
        List<string> findings = [.. kling.Complaints];
        var added = Added(storm, (await kling.Charges(findings)).Values);
        storm.Run.Say(
            $"{jobs} jobs of {Latency.TotalSeconds} s, {Flight} under way: {requests} status requests ({requests / (double)jobs:F3} a job), "
            + $"{lists} lists; added to a result's latency: {added}");
        // A list a second is shared by fewer jobs where there are fewer, and by fewer still on a busy machine.
        if (requests > requestsMax * jobs * (Scale.Flight is null ? 2 : 1))
            findings.Add($"{requests} status requests for {jobs} jobs");
        if (added.At(0.95) > AddedMax || added.Count != jobs)
            findings.Add($"added to a result's latency: {added}");
        storm.Run.Conclude(findings);
    }

    /// <summary>From the end of the task, by the upstream, to the capture; the jobs that were learnt from left out.</summary>
    private static Latencies Added(StormRun storm, IEnumerable<Charge> charges)
    {
        var submits = storm.Run.Sandbox.Witness().Where(line => line.ExternalId is not null)
            .ToDictionary(line => line.ExternalId!, line => line.At);
        return new Latencies(charges.Where(charge => charge.Resolution == "capture")
            .OrderBy(charge => charge.ReservedAt).Skip(Learning)
            .Select(charge => charge.ResolvedAt!.Value - submits[$"{charge.JobId}-1"] - storm.Latency));
    }
}
