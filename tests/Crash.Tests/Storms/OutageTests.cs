using TryOn.Core.Jobs;
using Xunit.Abstractions;

namespace TryOn.Crash.Tests.Storms;

/// <summary>
/// One provider answers every submit with 500, for some seconds or for TRYON_STORM_MINUTES; four others work.
/// </summary>
public sealed class OutageTests(ITestOutputHelper output)
{
    private const int Warming = 8;

    private static readonly TimeSpan Latency = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CalmTime = TimeSpan.FromSeconds(Scale.Long ? 30 : 5);

    /// <summary>The time between two orders for the failing provider; the others get a third as many orders.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(Scale.Long ? 500 : 200);

    /// <summary>
    /// The tolerance in the short form, which may share its machine with a build. It is far below the length of the
    /// outage, for which other providers' jobs would wait if they were held up.
    /// </summary>
    private static readonly TimeSpan Noise = Scale.Long ? TimeSpan.Zero : TimeSpan.FromSeconds(2);

    /// <summary>The circuit must be open by then; it is meant to open at the fifth failure.</summary>
    private static readonly TimeSpan OpenMax = TimeSpan.FromSeconds(10);

    /// <summary>
    /// A circuit probes after a minute at the latest, and then the backlog of the outage is processed.
    /// </summary>
    private static readonly TimeSpan DrainMax = TimeSpan.FromSeconds(90) + Scale.Outage;

    /// <summary>
    /// A probe after 5 seconds, 10 later, 20 later and so on up to one a minute. Kling's may be sent three times.
    /// </summary>
    private static int ProbesMax => 3 * (3 + (int)Scale.Outage.TotalMinutes);

    [Theory]
    [InlineData("gemini", """{"error":{"code":500,"message":"Internal error encountered.","status":"INTERNAL"}}""")]
    [InlineData("kling", """{"code":5000,"message":"server internal error","request_id":"r"}""")]
    public async Task Outage_OfOneProvider_DelaysOnlyItsOwnJobs(string provider, string body)
    {
        using var storm = new StormRun(output, Latency, FiveUpstreams.Models.Keys, StormRun.Distinct);
        await storm.Start();
        // A process that has just started is slow, so the first orders are not measured.
        await Task.WhenAll(storm.Customers.Select(customer => customer.Place(Warming, Warming)));
        await storm.Drain(DrainMax);
        using var closing = new CancellationTokenSource();
        var calm = TimeProvider.System.GetUtcNow();
        var shopping = storm.Customers.Select(
            customer => customer.PlaceEvery(customer.Provider == provider ? Interval : Interval * 3, closing.Token))
                .ToList();
        await CrashRun.Pause(CalmTime);
        var from = TimeProvider.System.GetUtcNow();
        await storm.Faults.Inject(
            new { provider, operation = "submit", action = "status", status = 500, body });
        await CrashRun.Pause(Scale.Outage);
        var until = TimeProvider.System.GetUtcNow();
        await storm.Faults.Clear();
        await closing.CancelAsync();
        await Task.WhenAll(shopping);
        await storm.Drain(DrainMax);
        storm.Run.Log(
            $"{provider}: all was drained {(TimeProvider.System.GetUtcNow() - until).TotalSeconds:F1} s after the "
                + "outage");

        List<string> findings = [.. storm.Customers.SelectMany(customer => customer.Complaints)];
        var refused = CheckUpstream(storm, provider, from, findings);
        foreach (var customer in storm.Customers)
        {
            if (customer.Provider == provider)
                await CheckPatience(storm, customer, refused, findings);
            else
                await CheckOthers(storm, customer, (calm, from, until), findings);
        }

        storm.Run.Conclude(findings);
    }

    private static int CheckUpstream(StormRun storm, string provider, DateTimeOffset from, List<string> findings)
    {
        var submits = storm.Run.Sandbox.Witness().Where(line => line.Provider == provider).ToList();
        var refused = submits.Where(line => !line.Accepted).ToList();
        var jobs = storm.CustomerOf(provider).Orders.Count;
        var probes = refused.Count(line => line.At > from + OpenMax);
        storm.Run.Log(
            $"{provider}: {jobs} jobs, {submits.Count} submits (x{submits.Count / (double)jobs:F2}), {refused.Count} "
                + "refused, "
            + $"{probes} of them {OpenMax.TotalSeconds} s or more into the outage");
        if (submits.Count > 1.2 * jobs)
            findings.Add($"{submits.Count} submits for {jobs} jobs");
        if (refused.Count == 0 || probes > ProbesMax)
            findings.Add(
                $"{refused.Count} refused, and {probes} when the circuit should have been open; {ProbesMax} would be "
                    + "probes");
        return refused.Count;
    }

    /// <summary>
    /// Jobs may fail only by exhausting their retries, as the first ones or as probes; all others get their picture.
    /// </summary>
    private static async Task CheckPatience(StormRun storm, Customer customer, int refused, List<string> findings)
    {
        var released = (await customer.Charges(findings)).Values.Count(charge => charge.Resolution != "capture");
        storm.Run.Log(
            $"{customer.Provider}: {released} jobs given up after {1 + RetryPolicy.OutageRetriesMax} refusals each");
        if (released * (1 + RetryPolicy.OutageRetriesMax) > refused)
            findings.Add($"{customer.Provider}: {released} jobs given up, and only {refused} refusals");
    }

    /// <summary>Every job must have its picture and take as long during the outage as before it.</summary>
    private static async Task CheckOthers(
        StormRun storm, Customer customer, (DateTimeOffset Calm, DateTimeOffset From, DateTimeOffset Until) storming,
        List<string> findings)
    {
        var charges = (await customer.Charges(findings)).Values.ToList();
        findings.AddRange(
            charges.Where(charge => charge.Resolution != "capture").Select(charge => $"{customer.Provider}: {charge}"));
        var calm = Latencies.FromCharges(
            charges.Where(
                charge => charge.ReservedAt >= storming.Calm && charge.ReservedAt < storming.From - storm.Latency));
        var rough = Latencies.FromCharges(
            charges.Where(charge => charge.ReservedAt >= storming.From && charge.ReservedAt < storming.Until));
        storm.Run.Log(
            $"{customer.Provider}: before {calm}; during {rough}; p50 x{rough.At(0.5) / calm.At(0.5):F2}, p95 "
                + $"x{rough.At(0.95) / calm.At(0.95):F2}");
        if (rough.At(0.5) > (calm.At(0.5) * 1.25) + Noise || rough.Count == 0)
            findings.Add($"{customer.Provider} took {rough} while another was down, and {calm} before");
    }
}
