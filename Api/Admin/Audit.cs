using Microsoft.Extensions.Options;
using TryOn.Core;
using TryOn.Core.Accounts;

namespace TryOn.Api.Admin;

/// <param name="Count">All findings; <paramref name="Findings"/> holds the first of them.</param>
public sealed record AuditReport(bool Ok, long Accounts, long Jobs, long Count, IReadOnlyList<AuditFinding> Findings);

/// <summary>
/// Recomputes every account from its statement and every charge from its job and its picture, one account at a time and a
/// piece of its statement at a time, so that memory does not grow with the books. It trusts no counter. It sees what a
/// statement leads to: a job that no statement names is beyond it, and so are an upstream's own bills.
/// </summary>
public sealed class Audit(IDirectory directory, JobAudit jobs, IOptions<LimitOptions> limits, TimeProvider clock)
{
    private const int PieceMax = 500;
    private const int JobsAtOnce = 16;

    /// <summary>An account that is written to all the time is compared at a quiet moment; there may be none.</summary>
    private const int QuietTries = 20;

    /// <summary>A job is not cut off in the middle of a submit, and is asked after only every half minute.</summary>
    private static readonly TimeSpan OverdueMargin = TimeSpan.FromMinutes(5);

    public async Task<AuditReport> Run(CancellationToken cancellation)
    {
        var findings = new AuditFindings();
        var (accounts, resolved) = (0L, 0L);
        await foreach (var id in directory.AccountIds(cancellation))
        {
            accounts++;
            try
            {
                resolved += await Check(id, findings, cancellation);
            }
            catch (Exception failure) when (!cancellation.IsCancellationRequested)
            {
                // The rest of the books is worth knowing all the same.
                findings.Add(AuditCode.Unreadable, id, job: null, $"The account cannot be read: {failure.GetType().Name}.");
            }
        }

        return new AuditReport(findings.Count == 0, accounts, resolved, findings.Count, findings.Kept);
    }

    /// <returns>How many jobs were checked.</returns>
    private async Task<long> Check(string id, AuditFindings findings, CancellationToken cancellation)
    {
        var (account, tally, resolved) = (directory.Account(id), new StatementTally(id, findings), 0L);
        for (var tries = 0; tries < QuietTries; tries++)
        {
            resolved += await ReadOn(account, tally, findings, id, cancellation);
            // The record is read after the statement, and counts only if nothing was written between the two.
            var view = (await account.Read()).Value;
            if (view is null || (await account.Statement(tally.Sequence, 1)).Value is not { Entries.IsEmpty: true } rest)
                continue;
            if (rest.Newest != tally.Sequence)
                findings.Add(AuditCode.SequenceGap, id, job: null, $"The statement ends at {tally.Sequence} of {rest.Newest}.");
            tally.Compare(view);
            CheckOpen(view, tally, findings);
            break;
        }

        return resolved;
    }

    private async Task<long> ReadOn(
        IAccount account, StatementTally tally, AuditFindings findings, string id, CancellationToken cancellation)
    {
        var (resolved, position) = (0L, tally.Sequence);
        while ((await account.Statement(position, PieceMax)).Value is { Entries: { IsEmpty: false } piece })
        {
            var resolutions = piece.Where(tally.Add).ToList();
            resolved += resolutions.Count;
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = JobsAtOnce, CancellationToken = cancellation };
            await Parallel.ForEachAsync(
                resolutions, parallel, async (entry, token) => await jobs.Check(id, entry, findings, token));
            // A changed entry may bear any number; the reading goes on all the same.
            position = Math.Max(position + piece.Count, piece[^1].Sequence);
        }

        return resolved;
    }

    private void CheckOpen(AccountView account, StatementTally tally, AuditFindings findings)
    {
        if (account.OpenReservations > account.Limits.Concurrency)
        {
            findings.Add(
                AuditCode.ConcurrencyExceeded, account.Id, job: null,
                $"{account.OpenReservations} reservations are open, where {account.Limits.Concurrency} may be.");
        }

        var oldest = clock.GetUtcNow() - limits.Value.JobDeadline - OverdueMargin;
        foreach (var entry in tally.Open.Where(entry => entry.At < oldest))
            findings.Add(AuditCode.ReservationOverdue, account.Id, entry.JobId, $"Reserved at {entry.At:O} and still open.");
    }
}
