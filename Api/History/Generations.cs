using System.Runtime.CompilerServices;
using TryOn.Api.Jobs;
using TryOn.Core;
using TryOn.Core.Accounts;
using TryOn.Core.Jobs;

namespace TryOn.Api.History;

/// <summary>A request and its outcome.</summary>
/// <param name="Reserve">The statement entry that reserved the request's credits: its sequence, purpose and
/// price.</param>
/// <param name="Job">Null until the job has started.</param>
public sealed record Generation(StatementEntry Reserve, JobView? Job)
{
    public string Status => JobRenderer.StatusName(Job?.Status ?? JobStatus.Accepted);

    /// <summary>
    /// True for a retry that came after its job had ended: it reserves and releases once more, and is not a second
    /// generation.
    /// </summary>
    public bool IsRepeat => Job is { Ended: true, NeverStarted: false } && Reserve.At > Job.EndedAt;

    /// <summary>The model that answered, or the requested one if none has.</summary>
    public string? Model => Job is { Status: JobStatus.Succeeded, Model.Length: > 0 } ? Job.Model : Reserve.For?.Model;

    /// <summary>Credits charged; less than were reserved where a cheaper model answered.</summary>
    public long Credits => Job?.Status == JobStatus.Succeeded ? Job.Credits : 0;
}

/// <param name="Key">The prefix of a key's hash that identifies it in statements and usage.</param>
public sealed record GenerationFilter(Period Period, string? Model, string? Key, string? User, string? Status)
{
    public bool Matches(StatementEntry entry) =>
        entry.Kind == EntryKind.Reserve && Period.Contains(entry.At)
        && (Key ?? entry.For?.KeyId) == entry.For?.KeyId
        && (User ?? entry.For?.EndUser) == entry.For?.EndUser;

    public bool Matches(Generation generation) =>
        !generation.IsRepeat && (Status ?? generation.Status) == generation.Status
        && (Model ?? generation.Model) == generation.Model;
}

/// <param name="Next">The cursor of the next page; null when there are no older entries.</param>
public sealed record GenerationPage(IReadOnlyList<Generation> Items, long? Next);

/// <summary>
/// An account's generations, newest first. Purpose and time come from the statement, the outcome from the job.
/// </summary>
public sealed class Generations(IDirectory directory)
{
    /// <summary>
    /// Statement entries scanned for one page. A filter that few entries match yields short pages rather than long
    /// waits.
    /// </summary>
    public const int ScannedMax = 10_000;

    private const int ParallelReads = 32;

    public async Task<GenerationPage> Page(
        string accountId, GenerationFilter filter, long before, int limit, CancellationToken cancellation)
    {
        var (items, scanned) = (new List<Generation>(), 0);
        await foreach (var (entry, generation) in Scan(accountId, filter, before, cancellation))
        {
            if (generation is not null)
                items.Add(generation);
            if (items.Count == limit || ++scanned == ScannedMax)
                return new GenerationPage(items, entry.Sequence);
        }

        return new GenerationPage(items, Next: null);
    }

    public async IAsyncEnumerable<Generation> All(
        string accountId, GenerationFilter filter, long before, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var (_, generation) in Scan(accountId, filter, before, cancellation))
        {
            if (generation is not null)
                yield return generation;
        }
    }

    /// <summary>
    /// Finds the entry that reserved a job's credits, searching from the time the job was created. Null if it is not
    /// among the first <see cref="ScannedMax"/> entries from there.
    /// </summary>
    public async Task<StatementEntry?> ReserveOf(JobView job, CancellationToken cancellation)
    {
        var reader = new StatementReader(directory.Account(job.AccountId).Statement);
        var start = await reader.LastBefore(job.CreatedAt - JobMachine.StartMax);
        return await reader.After(start, cancellation).Take(ScannedMax)
            .FirstOrDefaultAsync(entry => entry.Kind == EntryKind.Reserve && entry.JobId == job.Id, cancellation);
    }

    /// <summary>Returns every scanned entry, with its generation if the filter matches it.</summary>
    private async IAsyncEnumerable<(StatementEntry Entry, Generation? Generation)> Scan(
        string accountId, GenerationFilter filter, long before, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var entries = new StatementReader(directory.Account(accountId).Statement).Before(before, cancellation)
            .TakeWhile(entry => !filter.Period.BeginsAfter(entry.At));
        await foreach (var chunk in entries.Chunk(ParallelReads).WithCancellation(cancellation))
        {
            var generations = await Task.WhenAll(chunk.Select(entry => Read(entry, filter)));
            foreach (var pair in chunk.Zip(generations))
                yield return pair;
        }
    }

    private async Task<Generation?> Read(StatementEntry entry, GenerationFilter filter)
    {
        if (!filter.Matches(entry))
            return null;
        var generation = new Generation(entry, (await directory.Job(entry.JobId!).Read()).Value);
        return filter.Matches(generation) ? generation : null;
    }
}
