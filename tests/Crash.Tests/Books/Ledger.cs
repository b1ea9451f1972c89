namespace TryOn.Crash.Tests.Books;

/// <summary>What an account's statement says of one job.</summary>
/// <param name="Resolution">capture | release; null while it is reserved.</param>
internal sealed record Charge(
    string AccountId, string JobId, DateTimeOffset ReservedAt,
    string? Resolution = null, DateTimeOffset? ResolvedAt = null);

/// <summary>Adds up a statement from its beginning, independently of the gateway.</summary>
internal sealed class Ledger(AccountBody account, List<string> findings)
{
    private readonly Dictionary<string, Charge> _charges = [];
    private readonly Dictionary<string, long> _open = [];
    private long _granted;
    private long _captured;
    private long _reserved;

    public IReadOnlyCollection<Charge> Charges => _charges.Values;

    private long Available => _granted - _captured - _reserved;

    public void Add(IReadOnlyList<StatementLine> statement)
    {
        foreach (var (line, at) in statement.Select((line, index) => (line, index)))
        {
            Expect(line.Sequence == at + 1, $"line {at + 1} has number {line.Sequence}");
            Add(line);
            Expect(line.Available == Available && Available >= 0, $"line {line.Sequence}: {line.Available} available");
        }

        Expect(account.Reserved == 0 && _reserved == 0, $"{account.Reserved} reserved, {_reserved} by the statement");
        Expect(account.Captured == _captured, $"{account.Captured} captured, {_captured} by the statement");
        Expect(account.Available == Available, $"{account.Available} available, {Available} by the statement");
        var sum = account.Available + account.Reserved + account.Captured;
        Expect(account.Granted == sum, $"{account.Granted} granted is not {sum} available, reserved and captured");
        Expect(account.Granted == _granted, $"{account.Granted} granted, {_granted} by the statement");
    }

    private void Add(StatementLine line)
    {
        switch (line.Kind)
        {
            case "grant":
                _granted += line.Amount;
                break;
            case "reserve":
                _reserved += line.Amount;
                Expect(_open.TryAdd(line.JobId!, line.Amount), $"{line.JobId} reserved twice");
                _charges.TryAdd(line.JobId!, new Charge(account.Id, line.JobId!, line.At));
                break;
            default:
                _reserved -= line.Amount;
                _captured += line.Kind == "capture" ? line.Amount : 0;
                Expect(_open.Remove(line.JobId!, out var held), $"{line.JobId}: {line.Kind} without a reservation");
                // Part of a reservation is released; the capture of the rest follows.
                if (line.Kind == "release" && line.Amount < held)
                {
                    _open[line.JobId!] = held - line.Amount;
                    break;
                }

                var charge = _charges.GetValueOrDefault(line.JobId!) ?? new Charge(account.Id, line.JobId!, line.At);
                // A repeat that arrives after the job has been settled is reserved and released again; the job stays
                // captured.
                Expect(charge.Resolution is null
                    || line.Kind == "release", $"{line.JobId}: {line.Kind} after {charge.Resolution}");
                if (charge.Resolution is null)
                    _charges[line.JobId!] = charge with { Resolution = line.Kind, ResolvedAt = line.At };
                break;
        }
    }

    private void Expect(bool holds, string finding)
    {
        if (!holds)
            findings.Add($"account {account.Id}: {finding}");
    }
}
