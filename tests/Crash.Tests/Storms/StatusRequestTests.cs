using TryOn.Crash.Tests.Books;
using Xunit.Abstractions;

namespace TryOn.Crash.Tests.Storms;

/// <summary>
/// How many status requests it takes to learn that Kling's tasks are done: TRYON_STORM_FLIGHT concurrent tasks of 45
/// seconds each, or in the short form fewer and quicker ones.
/// </summary>
public sealed class StatusRequestTests(ITestOutputHelper output)
{
    /// <summary>Enough jobs for the gateway to learn how long tasks take.</summary>
    private const int Learning = 8;

    /// <summary>
    /// The short form may share its machine with a build, and only notices results that are forgotten.
    /// </summary>
    private static TimeSpan AddedMax => TimeSpan.FromSeconds(Scale.Flight is null ? 10 : 1.5);

    private static TimeSpan Latency => TimeSpan.FromSeconds(Scale.Flight is null ? 5 : 45);

    private static int Flight => Scale.Flight ?? 30;

    /// <summary>Without the list route each task is polled by itself.</summary>
    [Theory]
    [InlineData(true, 0.2)]
    [InlineData(false, 2.0)]
    public async Task StatusRequests_OfManyTasks_AreFew(bool listed, double requestsMax)
    {
        using var storm = new StormRun(
            output, Latency, ["kling"], StormRun.Distinct with { Alike = true },
            ("TryOn__Providers__Kling__ConcurrencyMax", "2000"),
            // The default, except for the short form, whose tasks are quicker.
            ("TryOn__Providers__Kling__FirstPoll",
                $"{(Scale.Flight is null ? TimeSpan.FromSeconds(2) : TimeSpan.FromSeconds(20))}"),
            ("TryOn__Providers__Kling__PollInterval", "00:00:03"));
        await storm.Start();
        if (!listed)
            await storm.Faults.Inject(
                new { provider = "kling", operation = "list", action = "status", status = 404,
                    body = "no such route" });
        var kling = storm.CustomerOf("kling");
        await kling.Place(Learning, atOnce: Learning);
        await storm.Drain(Latency + TimeSpan.FromSeconds(20));
        var before = await storm.Faults.RequestCount("kling", "poll");

        // Starting tasks at the rate at which they end keeps their number constant, for three times a task's latency.
        using var closing = new CancellationTokenSource(Latency * 3, TimeProvider.System);
        await kling.PlaceEvery(Latency / Flight, closing.Token);
        await storm.Drain(Latency + TimeSpan.FromSeconds(60));

        var jobs = kling.Orders.Count - Learning;
        var requests = await storm.Faults.RequestCount("kling", "poll") - before;
        var lists = await storm.Faults.RequestCount("kling", "list");
        List<string> findings = [.. kling.Complaints];
        var added = Added(storm, (await kling.Charges(findings)).Values);
        storm.Run.Log(
            $"{jobs} jobs of {Latency.TotalSeconds} s, {Flight} under way: {requests} status requests "
                + $"({requests / (double)jobs:F3} a job), "
            + $"{lists} lists; added to a result's latency: {added}");
        // In the short form one list request a second serves fewer jobs, and fewer still on a busy machine.
        if (requests > requestsMax * jobs * (Scale.Flight is null ? 2 : 1))
            findings.Add($"{requests} status requests for {jobs} jobs");
        if (added.At(0.95) > AddedMax || added.Count != jobs)
            findings.Add($"added to a result's latency: {added}");
        storm.Run.Conclude(findings);
    }

    /// <summary>
    /// The time from the end of the task at the upstream to the capture, without the jobs of the learning phase.
    /// </summary>
    private static Latencies Added(StormRun storm, IEnumerable<Charge> charges)
    {
        var submits = storm.Run.Sandbox.Witness().Where(line => line.ExternalId is not null)
            .ToDictionary(line => line.ExternalId!, line => line.At);
        return new Latencies(charges.Where(charge => charge.Resolution == "capture")
            .OrderBy(charge => charge.ReservedAt).Skip(Learning)
            .Select(charge => charge.ResolvedAt!.Value - submits[$"{charge.JobId}-1"] - storm.Latency));
    }
}
