using TryOn.Crash.Tests.Load;

namespace TryOn.Crash.Tests.Books;

/// <summary>
/// Checks that statement, usage and generations, as the account itself reads them, agree with the operator's books.
/// </summary>
internal sealed class OwnHistoryCheck(TryOnClient api, AccountBody account, List<string> findings)
{
    private const int PageSize = 200;

    public async Task Check(IReadOnlyList<StatementLine> statement, IReadOnlyCollection<Charge> charges)
    {
        await CheckStatement(statement);
        await CheckUsage(statement);
        await CheckGenerations(charges);
    }

    private async Task CheckStatement(IReadOnlyList<StatementLine> statement)
    {
        var own = new List<StatementLine>();
        StatementBody page;
        do
        {
            page = await api.Own<StatementBody>($"statement?after={own.Count}&limit={PageSize}");
            own.AddRange(page.Entries);
        }
        while (page.Entries.Count > 0 && own.Count < page.Newest);
        Expect(own.SequenceEqual(statement),
            $"its own statement of {own.Count} lines is not the operator's of {statement.Count}");
    }

    /// <summary>Compares the totals with the account, and the rows with the totals.</summary>
    private async Task CheckUsage(IReadOnlyList<StatementLine> statement)
    {
        var usage = await api.Own<UsageBody>("usage?group_by=day,model");
        var expected = new UsageSums(
            statement.Count(line => line.Kind == "reserve"), account.Captured,
            statement.Where(line => line.Kind == "release").Sum(line => line.Amount), account.Reserved);
        Expect(usage.Totals == expected, $"usage says {usage.Totals}, the account {expected}");
        var rows = new UsageSums(
            usage.Data.Sum(row => row.Requests), usage.Data.Sum(row => row.Captured),
            usage.Data.Sum(row => row.Released), usage.Data.Sum(row => row.Open));
        Expect(rows == usage.Totals, $"the rows of usage come to {rows}, its totals are {usage.Totals}");
    }

    private async Task CheckGenerations(IReadOnlyCollection<Charge> charges)
    {
        var lines = new List<GenerationLine>();
        var page = await api.Own<GenerationsBody>($"generations?limit={PageSize}");
        for (; page.NextCursor is { } cursor; page = await api.Own<GenerationsBody>(
            $"generations?limit={PageSize}&cursor={cursor}"))
            lines.AddRange(page.Data);
        lines.AddRange(page.Data);

        var cost = lines.Sum(line => line.Usage);
        Expect(cost == account.Captured, $"its generations cost {cost}, captured were {account.Captured}");
        Expect(
            lines.Select(line => line.Id).Order().SequenceEqual(charges.Select(charge => charge.JobId).Order()),
            $"its {lines.Count} generations are not the {charges.Count} jobs of its statement");
        var captured = charges.Where(charge => charge.Resolution == "capture").Select(charge => charge.JobId)
            .ToHashSet();
        foreach (var line in lines.Where(line => line.Status == "succeeded" != captured.Contains(line.Id)))
            findings.Add($"account {account.Id}: {line}, which contradicts the statement");
    }

    private void Expect(bool holds, string finding)
    {
        if (!holds)
            findings.Add($"account {account.Id}: {finding}");
    }
}
