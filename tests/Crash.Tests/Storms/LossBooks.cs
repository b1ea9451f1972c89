using System.Security.Cryptography;
using TryOn.Crash.Tests.Books;
using TryOn.Crash.Tests.Load;

namespace TryOn.Crash.Tests.Storms;

/// <summary>
/// Holds what the upstream ran against what was ordered, charged and told, where answers were lost. An upstream that can be
/// asked for a lost submit is never sent a second one; of another, a lost answer may cost one more run, once a job.
/// </summary>
internal sealed class LossBooks(StormRun storm, List<string> findings)
{
    private static readonly string[] CanBeAsked = ["kling", "fal"];

    /// <summary>One line of figures for who reads the test's output.</summary>
    /// <param name="told">Extra submits by the operator's report.</param>
    public async Task<string> Check(Customer customer, IReadOnlyList<WitnessLine> witness, long told)
    {
        var charges = await customer.Charges(findings);
        var byPerson = witness.Where(line => line.Provider == customer.Provider).ToLookup(line => line.HumanSha256);
        var (extra, failed) = (0, 0);
        foreach (var order in customer.Orders)
        {
            var submits = byPerson[Convert.ToHexStringLower(SHA256.HashData(storm.Pictures.Of(order.Number)))].ToList();
            extra += Math.Max(0, submits.Count - 1);
            failed += await Succeeded(customer, order, charges, submits) ? 0 : 1;
        }

        Expect(charges.Count == customer.Orders.Count, $"{customer.Orders.Count} orders, {charges.Count} charges");
        Expect(extra == told, $"{customer.Provider}: {extra} extra submits, the operator was told of {told}");
        var lost = byPerson.Sum(person => person.Count(line => line is { Accepted: true, Answered: false }));
        return $"{customer.Provider}: {customer.Orders.Count} jobs, {lost} answers lost, {extra} extra submits (told {told}), "
            + $"{failed} failed and released";
    }

    private async Task<bool> Succeeded(
        Customer customer, Order order, IReadOnlyDictionary<string, Charge> charges, List<WitnessLine> submits)
    {
        var story = $"{customer.Provider} {order.JobId}: {string.Join("; ", submits)}";
        var (runs, lost) = (submits.Count(line => line.Accepted), submits.Count(line => line is { Accepted: true, Answered: false }));
        var most = CanBeAsked.Contains(customer.Provider) ? 1 : Math.Min(2, 1 + lost);
        Expect(runs <= most, $"ran {runs} times, {most} would do; {story}");
        var job = order.JobId is null ? null : await customer.Purse.Api.Read(order.JobId);
        var charge = order.JobId is null ? null : charges.GetValueOrDefault(order.JobId);
        var succeeded = job?.Status == "succeeded";
        Expect(job is { Ended: true }, $"has no end; {story}");
        Expect(charge?.Resolution == (succeeded ? "capture" : "release"), $"is {job?.Status}, but its credit was {charge}; {story}");
        Expect(!succeeded || runs > 0, $"was charged and never ran; {story}");
        Expect(succeeded || (most == 2 && lost == 2), $"failed, with nothing lost that cannot be asked for; {story}");
        return succeeded;
    }

    private void Expect(bool holds, string finding)
    {
        if (!holds)
            findings.Add(finding);
    }
}
