using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using TryOn.Core;
using TryOn.Core.Accounts;
using TryOn.Core.Jobs;
using TryOn.Core.Pictures;

namespace TryOn.Api.Admin;

/// <summary>Compares what a statement says of a job with the job itself and its pictures.</summary>
public sealed class JobAudit(
    IDirectory directory, IPictureStore pictures, IOptions<RetentionOptions> retention, TimeProvider clock)
{
    /// <param name="entry">The capture or release that ended the job's reservation.</param>
    public async Task Check(
        string accountId, StatementEntry entry, AuditFindings findings, CancellationToken cancellation)
    {
        var note = (AuditCode code, string text) => findings.Add(code, accountId, entry.JobId, text);
        try
        {
            if ((await directory.Job(entry.JobId!).Read()).Value is { Ended: true } job
                && (job.NeverStarted || job.AccountId == accountId))
                await Check(entry, job, note, cancellation);
            else
                note(AuditCode.JobMissing,
                    $"Resolved by entry {entry.Sequence}, but no such job of this account has ended.");
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            note(AuditCode.Unreadable, $"The job or its picture cannot be read: {failure.GetType().Name}.");
        }
    }

    private async Task Check(
        StatementEntry entry, JobView job, Action<AuditCode, string> note, CancellationToken cancellation)
    {
        var (succeeded, captured) = (job.Status == JobStatus.Succeeded, entry.Kind == EntryKind.Capture);
        if (job.Submits.Count > job.Submits.Allowed)
            note(AuditCode.SubmitsExceeded,
                $"Submitted {job.Submits.Count} times, where {job.Submits.Allowed} are allowed.");
        if (succeeded != captured)
            note(AuditCode.OutcomeWrong, $"{job.Status}, but entry {entry.Sequence} is a {entry.Kind}.");
        else if (captured && entry.Amount != job.Credits)
            note(AuditCode.OutcomeWrong,
                $"Entry {entry.Sequence} captured {entry.Amount}; the price was {job.Credits}.");
        else if (captured && entry.For is { } purchase && purchase.Model != job.Model)
            note(AuditCode.OutcomeWrong,
                $"Entry {entry.Sequence} says that {purchase.Model} answered; it was {job.Model}.");
        if (succeeded && clock.GetUtcNow() < job.EndedAt!.Value + retention.Value.Results)
            await CheckPictures(job, note, cancellation);
    }

    private async Task CheckPictures(JobView job, Action<AuditCode, string> note, CancellationToken cancellation)
    {
        if (job.Outputs.IsEmpty)
            note(AuditCode.ChargedWithoutPicture, "Charged without a picture.");
        foreach (var output in job.Outputs)
        {
            var content = await pictures.Read(output.Picture, cancellation);
            if (content is null || Convert.ToHexStringLower(SHA256.HashData(content)) != output.Sha256)
                note(AuditCode.PictureWrong,
                    $"Charged, but {output.Picture} is {(content is null ? "missing" : "changed")}.");
        }
    }
}
