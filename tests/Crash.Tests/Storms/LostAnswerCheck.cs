using System.Security.Cryptography;
using TryOn.Crash.Tests.Books;
using TryOn.Crash.Tests.Load;

namespace TryOn.Crash.Tests.Storms;

/// <summary>
/// Compares, after answers were lost, the upstream's runs with the orders, their charges and the operator's report. An
/// upstream that can look up a submit never receives a second one; at others a lost answer may cost one more run, once
/// per job.
/// </summary>
internal sealed class LostAnswerCheck(StormRun storm, List<string> findings)
{
    private static readonly string[] CanFind = ["kling", "fal"];

    /// <summary>Returns one line of figures for the test's output.</summary>
    /// <param name="reported">Extra submits by the operator's report.</param>
    public async Task<string> Check(Customer customer, IReadOnlyList<WitnessLine> witness, long reported)
    {
        var charges = await customer.Charges(findings);
        var byPerson = witness.Where(line => line.Provider == customer.Provider).ToLookup(line => line.HumanSha256);
        var (extra, failed) = (0, 0);
        foreach (var order in customer.Orders)
        {
            var submits = byPerson[Convert.ToHexStringLower(SHA256.HashData(storm.Pictures.Draw(order.Number)))]
                .ToList();
            extra += Math.Max(0, submits.Count - 1);
            failed += await Succeeded(customer, order, charges, submits) ? 0 : 1;
        }

        Expect(charges.Count == customer.Orders.Count, $"{customer.Orders.Count} orders, {charges.Count} charges");
        Expect(extra == reported, $"{customer.Provider}: {extra} extra submits, the operator was told of {reported}");
        var lost = byPerson.Sum(person => person.Count(line => line is { Accepted: true, Answered: false }));
        return $"{customer.Provider}: {customer.Orders.Count} jobs, {lost} answers lost, {extra} extra submits "
            + $"({reported} reported), {failed} failed and released";
    }

    private async Task<bool> Succeeded(
        Customer customer, Order order, IReadOnlyDictionary<string, Charge> charges, List<WitnessLine> submits)
    {
        var story = $"{customer.Provider} {order.JobId}: {string.Join("; ", submits)}";
        var (runs, lost) = (
            submits.Count(line => line.Accepted), submits.Count(line => line is { Accepted: true, Answered: false }));
        var most = CanFind.Contains(customer.Provider) ? 1 : Math.Min(2, 1 + lost);
        Expect(runs <= most, $"ran {runs} times, {most} would do; {story}");
        var job = order.JobId is null ? null : await customer.Account.Api.Read(order.JobId);
        var charge = order.JobId is null ? null : charges.GetValueOrDefault(order.JobId);
        var succeeded = job?.Status == "succeeded";
        Expect(job is { Ended: true }, $"has no end; {story}");
        Expect(charge?.Resolution == (succeeded ? "capture" : "release"),
            $"is {job?.Status}, but its credit was {charge}; {story}");
        Expect(!succeeded || runs > 0, $"was charged and never ran; {story}");
        Expect(succeeded || (most == 2 && lost == 2), $"failed, although no answer was lost for good; {story}");
        return succeeded;
    }

    private void Expect(bool holds, string finding)
    {
        if (!holds)
            findings.Add(finding);
    }
}
