using System.Security.Cryptography;
using TryOn.Crash.Tests.Load;

namespace TryOn.Crash.Tests.Books;

/// <summary>
/// Compares the submits that reached the upstream with the orders. Kling can look up a submit whose answer was lost, so
/// no order is submitted there twice. Gemini cannot: one more submit is allowed, and only after a lost answer.
/// </summary>
internal sealed class SubmitCheck(
    IReadOnlyList<WitnessLine> lines, IReadOnlyList<DateTimeOffset> disruptions, List<string> findings)
{
    private readonly ILookup<string?, WitnessLine> _byPerson = lines.ToLookup(line => line.HumanSha256);

    private readonly HashSet<string> _ordered = [];

    public int LostAnswers => lines.Count(line => line is { Accepted: true, Answered: false });

    public int ExtraSubmits => _byPerson.Sum(person => Math.Max(0, person.Count(line => line.Accepted) - 1));

    /// <param name="picture">The person's picture, which no other order has.</param>
    /// <param name="captured">Whether the order was paid for.</param>
    public void Check(Order order, byte[] picture, bool captured)
    {
        var person = Convert.ToHexStringLower(SHA256.HashData(picture));
        _ordered.Add(person);
        var submits = _byPerson[person].ToList();
        var accepted = submits.Where(line => line.Accepted).ToList();
        Expect(accepted.Count > 0 || !captured, order, accepted, "was charged and never submitted");
        Expect(submits.Count == accepted.Count, order, submits, "was submitted so that the upstream refused it");
        if (order.Model == Order.Kling)
            Expect(accepted.Count <= 1, order, accepted, "was submitted again, where Kling could have been asked");
        else
            Expect(accepted.Count <= 2, order, accepted, "was submitted more than twice");
        foreach (var (before, after) in accepted.Zip(accepted.Skip(1)))
        {
            var lost = !before.Answered || DisruptionCount(before.At, after.At) > 0;
            Expect(lost, order, accepted, "was submitted again although no answer was lost");
        }
    }

    /// <summary>Call after all orders. A submitted picture of no order was corrupted on its way.</summary>
    public void CheckUnorderedSubmits() => findings.AddRange(lines
        .Where(line => line.HumanSha256 is null || !_ordered.Contains(line.HumanSha256))
        .Select(line => $"nobody ordered what was submitted here: {line}"));

    public int DisruptionCount(DateTimeOffset from, DateTimeOffset to) => disruptions.Count(
        at => from <= at && at <= to);

    private void Expect(bool holds, Order order, List<WitnessLine> submits, string finding)
    {
        if (!holds)
        {
            var list = string.Join("; ", submits);
            findings.Add($"order {order.Number} ({order.Model}, {order.JobId}) {finding}: {list}");
        }
    }
}
