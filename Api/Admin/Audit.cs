using Microsoft.Extensions.Options;
using TryOn.Api.Limits;
using TryOn.Core;
using TryOn.Core.Accounts;

namespace TryOn.Api.Admin;

/// <param name="Count">Number of all findings; <paramref name="Findings"/> holds only the first of them.</param>
public sealed record AuditReport(bool Ok, long Accounts, long Jobs, long Count, IReadOnlyList<AuditFinding> Findings);

/// <summary>
/// Recomputes every account from its statement and checks every charge against its job and its picture. It reads one
/// account at a time and one page of its statement at a time, so memory use does not grow with the number of entries.
/// No stored counter is trusted. The audit sees only what a statement refers to: not a job that no statement names, and
/// not an upstream's own bills.
/// </summary>
public sealed class Audit(IDirectory directory, JobAudit jobs, IOptions<LimitOptions> limits, TimeProvider clock)
{
    private const int PageSize = 500;
    private const int ParallelJobs = 16;

    /// <summary>
    /// How often a comparison is tried again while the account is being written to. A constantly busy account may never
    /// be compared.
    /// </summary>
    private const int ComparisonTriesMax = 20;

    /// <summary>
    /// Jobs may outlive their deadline a little: a submit in progress is not interrupted, and open reservations are
    /// checked only every 30 seconds.
    /// </summary>
    private static readonly TimeSpan OverdueMargin = TimeSpan.FromMinutes(5);

    public async Task<AuditReport> Run(CancellationToken cancellation)
    {
        var findings = new AuditFindings();
        var (accounts, checkedJobs) = (0L, 0L);
        await foreach (var id in directory.AccountIds(cancellation))
        {
            accounts++;
            try
            {
                checkedJobs += await Check(id, findings, cancellation);
            }
            catch (Exception failure) when (!cancellation.IsCancellationRequested)
            {
                // One unreadable account must not keep the others from being audited.
                findings.Add(
                    AuditCode.Unreadable, id, job: null, $"The account cannot be read: {failure.GetType().Name}.");
            }
        }

        return new AuditReport(findings.Count == 0, accounts, checkedJobs, findings.Count, findings.Kept);
    }

    /// <returns>How many jobs were checked.</returns>
    private async Task<long> Check(string id, AuditFindings findings, CancellationToken cancellation)
    {
        var (account, tally, checkedJobs) = (directory.Account(id), new StatementTally(id, findings), 0L);
        for (var tries = 0; tries < ComparisonTriesMax; tries++)
        {
            checkedJobs += await ReadNewEntries(account, tally, findings, id, cancellation);
            // The record is read after the statement. The comparison counts only if nothing was written between the two
            // reads.
            var view = (await account.Read()).Value;
            if (view is null
                || (await account.Statement(tally.Sequence, 1)).Value is not { Entries.IsEmpty: true } rest)
                continue;
            if (rest.Newest != tally.Sequence)
                findings.Add(
                    AuditCode.SequenceGap, id, job: null, $"The statement ends at {tally.Sequence} of {rest.Newest}.");
            tally.Compare(view);
            CheckOpen(view, tally, findings);
            break;
        }

        return checkedJobs;
    }

    private async Task<long> ReadNewEntries(
        IAccount account, StatementTally tally, AuditFindings findings, string id, CancellationToken cancellation)
    {
        var (checkedJobs, position) = (0L, tally.Sequence);
        while ((await account.Statement(position, PageSize)).Value is { Entries: { IsEmpty: false } page })
        {
            var resolutions = page.Where(tally.Add).ToList();
            checkedJobs += resolutions.Count;
            var parallel =
                new ParallelOptions { MaxDegreeOfParallelism = ParallelJobs, CancellationToken = cancellation };
            await Parallel.ForEachAsync(
                resolutions, parallel, async (entry, token) => await jobs.Check(id, entry, findings, token));
            // A tampered entry may carry any sequence number; reading must advance all the same.
            position = Math.Max(position + page.Count, page[^1].Sequence);
        }

        return checkedJobs;
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
            findings.Add(
                AuditCode.ReservationOverdue, account.Id, entry.JobId, $"Reserved at {entry.At:O} and still open.");
    }
}
