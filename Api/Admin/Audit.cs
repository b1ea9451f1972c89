using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using TryOn.Core;
using TryOn.Core.Accounts;
using TryOn.Core.Jobs;
using TryOn.Core.Pictures;

namespace TryOn.Api.Admin;

/// <param name="Findings">What does not add up; empty when all is well.</param>
public sealed record AuditReport(bool Ok, int Accounts, int Jobs, IReadOnlyList<string> Findings);

/// <summary>
/// Recomputes every account from its statement and every charge from its job and its picture. It trusts no counter: an
/// account that moves while it is read is judged by the entries up to the sequence it was read at.
/// </summary>
public sealed class Audit(
    IDirectory directory, IPictureStore pictures, IOptions<RetentionOptions> retention, TimeProvider clock)
{
    private const int PageSize = 500;

    public async Task<AuditReport> Run(CancellationToken cancellation)
    {
        var findings = new List<string>();
        var (accounts, jobs) = (0, 0);
        await foreach (var id in directory.AccountIds(cancellation))
        {
            accounts++;
            jobs += await Check(id, findings, cancellation);
        }

        return new AuditReport(findings.Count == 0, accounts, jobs, findings);
    }

    private async Task<int> Check(string id, List<string> findings, CancellationToken cancellation)
    {
        var account = directory.Account(id);
        var tally = new StatementTally(id, findings);
        StatementPage page;
        do
        {
            var read = await account.Statement(tally.Sequence, PageSize);
            page = read.Value ?? new StatementPage([], 0);
            foreach (var entry in page.Entries)
                tally.Add(entry);
        }
        while (page.Entries.Count > 0 && tally.Sequence < page.Newest);

        // Read last, and compared only if nothing was written since: a busy account is compared at its next quiet moment.
        if ((await account.Read()).Value is { } view && (await account.Statement(tally.Sequence, 1)).Value?.Entries.Count == 0)
            tally.Compare(view);
        foreach (var (jobId, resolution) in tally.Resolutions)
            await Check(id, jobId, resolution, findings, cancellation);
        return tally.Resolutions.Count;
    }

    private async Task Check(
        string accountId, string jobId, EntryKind resolution, List<string> findings, CancellationToken cancellation)
    {
        var job = (await directory.Job(jobId).Read()).Value;
        if (resolution == EntryKind.Reserve)
            return;
        if (job is null || !job.Ended || (!job.NeverStarted && job.AccountId != accountId))
            findings.Add($"{accountId}: {jobId} was resolved, but there is no such ended job of this account.");
        else if ((job.Status == JobStatus.Succeeded) != (resolution == EntryKind.Capture))
            findings.Add($"{accountId}: {jobId} {job.Status}, but the statement says {resolution}.");
        else if (job.Status == JobStatus.Succeeded && clock.GetUtcNow() < job.EndedAt!.Value + retention.Value.Results)
            await CheckPictures(accountId, job, findings, cancellation);
    }

    private async Task CheckPictures(string accountId, JobView job, List<string> findings, CancellationToken cancellation)
    {
        if (job.Outputs.IsEmpty)
            findings.Add($"{accountId}: {job.Id} was charged without a picture.");
        foreach (var output in job.Outputs)
        {
            var content = await pictures.Read(output.Picture, cancellation);
            if (content is null || Convert.ToHexStringLower(SHA256.HashData(content)) != output.Sha256)
                findings.Add($"{accountId}: {output.Picture} was charged, but is missing or changed.");
        }
    }
}
