using Xunit.Abstractions;

namespace TryOn.Crash.Tests.Storms;

/// <summary>
/// At every provider, one answer in five is lost after the upstream accepted the job; TRYON_STORM_JOBS jobs each.
/// </summary>
public sealed class LostAnswerTests(ITestOutputHelper output)
{
    private const int AtOnce = 16;
    private const double Lost = 0.2;

    private static readonly TimeSpan Latency = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan DrainMax = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Answers_LostAfterASubmit_CostOneMoreRunAtMost()
    {
        using var storm = new StormRun(output, Latency, FiveUpstreams.Models.Keys, StormRun.Distinct);
        await storm.Start();
        foreach (var customer in storm.Customers)
            await storm.Faults.Inject(
                new { provider = customer.Provider, operation = "submit", action = "drop_after", probability = Lost });

        await Task.WhenAll(storm.Customers.Select(customer => customer.Place(Scale.Jobs, AtOnce)));
        // Each provider's gate closes for seconds when chance loses five answers in a row.
        await storm.Drain(DrainMax + TimeSpan.FromSeconds(Scale.Jobs * 0.3));

        List<string> findings = [.. storm.Customers.SelectMany(customer => customer.Complaints)];
        var books = new LostAnswerCheck(storm, findings);
        var (witness, costs) = (storm.Run.Sandbox.Witness(), await storm.Run.Operator.Costs());
        foreach (var customer in storm.Customers)
        {
            var reported = costs.Data.Where(cost => cost.Model == customer.Model).Sum(cost => cost.ExtraSubmits);
            storm.Run.Log(await books.Check(customer, witness, reported));
        }

        var audit = await storm.Run.Operator.Audit();
        findings.AddRange(audit.Findings.Select(finding => $"audit: {finding}"));
        Assert.Contains(witness, line => line is { Accepted: true, Answered: false });
        storm.Run.Conclude(findings);
    }
}
