using System.Runtime.CompilerServices;
using TryOn.Api.Jobs;
using TryOn.Core;
using TryOn.Core.Accounts;
using TryOn.Core.Jobs;

namespace TryOn.Api.History;

/// <summary>A request and what became of it.</summary>
/// <param name="Reserve">Its place in the statement, what it is for and what it costs.</param>
/// <param name="Job">Null while it has not begun.</param>
public sealed record Generation(StatementEntry Reserve, JobView? Job)
{
    public string Status => JobRenderer.Word(Job?.Status ?? JobStatus.Accepted);

    /// <summary>A request repeated after its job had ended reserves and releases once more; it is no second generation.</summary>
    public bool Repeat => Job is { Ended: true, NeverStarted: false } && Reserve.At > Job.EndedAt;

    /// <summary>The one that answered; the one that was asked for where none has.</summary>
    public string? Model => Job is { Status: JobStatus.Succeeded, Model.Length: > 0 } ? Job.Model : Reserve.For?.Model;

    /// <summary>Less than was reserved where a cheaper model answered.</summary>
    public long Credits => Job?.Status == JobStatus.Succeeded ? Job.Credits : 0;
}

/// <param name="Key">The beginning that statement and usage name a key by.</param>
public sealed record GenerationFilter(Period Period, string? Model, string? Key, string? User, string? Status)
{
    public bool Wants(StatementEntry entry) =>
        entry.Kind == EntryKind.Reserve && Period.Holds(entry.At)
        && (Key ?? entry.For?.KeyId) == entry.For?.KeyId
        && (User ?? entry.For?.EndUser) == entry.For?.EndUser;

    public bool Wants(Generation generation) =>
        !generation.Repeat && (Status ?? generation.Status) == generation.Status
        && (Model ?? generation.Model) == generation.Model;
}

/// <param name="Next">Where to go on; null when nothing older is left to look at.</param>
public sealed record GenerationPage(IReadOnlyList<Generation> Items, long? Next);

/// <summary>An account's generations, newest first: what and when from its statement, how it went from the job.</summary>
public sealed class Generations(IDirectory directory)
{
    /// <summary>Entries that one page looks at. A filter that lets little pass gets short pages, not long waits.</summary>
    public const int LooksMax = 10_000;

    private const int AtOnce = 32;

    public async Task<GenerationPage> Page(
        string accountId, GenerationFilter filter, long before, int limit, CancellationToken cancellation)
    {
        var (items, looks) = (new List<Generation>(), 0);
        await foreach (var (entry, generation) in Look(accountId, filter, before, cancellation))
        {
            if (generation is not null)
                items.Add(generation);
            if (items.Count == limit || ++looks == LooksMax)
                return new GenerationPage(items, entry.Sequence);
        }

        return new GenerationPage(items, Next: null);
    }

    public async IAsyncEnumerable<Generation> All(
        string accountId, GenerationFilter filter, long before, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var (_, generation) in Look(accountId, filter, before, cancellation))
        {
            if (generation is not null)
                yield return generation;
        }
    }

    /// <summary>The entry that reserved for a job, if it lies where the job's time says; busy accounts have many at a time.</summary>
    public async Task<StatementEntry?> ReserveOf(JobView job, CancellationToken cancellation)
    {
        var reader = new StatementReader(directory.Account(job.AccountId).Statement);
        var start = await reader.LastBefore(job.CreatedAt - JobMachine.StartMax);
        return await reader.After(start, cancellation).Take(LooksMax)
            .FirstOrDefaultAsync(entry => entry.Kind == EntryKind.Reserve && entry.JobId == job.Id, cancellation);
    }

    /// <summary>Every entry that was looked at, with the generation it is the beginning of if that is wanted.</summary>
    private async IAsyncEnumerable<(StatementEntry Entry, Generation? Generation)> Look(
        string accountId, GenerationFilter filter, long before, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var entries = new StatementReader(directory.Account(accountId).Statement).Before(before, cancellation)
            .TakeWhile(entry => !filter.Period.NotYet(entry.At));
        await foreach (var some in entries.Chunk(AtOnce).WithCancellation(cancellation))
        {
            var generations = await Task.WhenAll(some.Select(entry => Read(entry, filter)));
            foreach (var looked in some.Zip(generations))
                yield return looked;
        }
    }

    private async Task<Generation?> Read(StatementEntry entry, GenerationFilter filter)
    {
        if (!filter.Wants(entry))
            return null;
        var generation = new Generation(entry, (await directory.Job(entry.JobId!).Read()).Value);
        return filter.Wants(generation) ? generation : null;
    }
}
