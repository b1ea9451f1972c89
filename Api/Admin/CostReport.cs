using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using TryOn.Api.History;
using TryOn.Core;
using TryOn.Core.Accounts;
using TryOn.Core.Keys;
using TryOn.Core.Providers;

namespace TryOn.Api.Admin;

public sealed record CostBody(DateTimeOffset? From, DateTimeOffset? To, IReadOnlyList<ModelCost> Data);

/// <summary>Revenue and upstream cost of the requests that one model answered, or was asked to answer.</summary>
/// <param name="Mode">Account mode. A test account's jobs run on the sandbox, so their costs are never billed.</param>
/// <param name="ExtraSubmits">Submits beyond the first of each job. An upstream may bill these without reporting a
/// cost.</param>
/// <param name="Upstream">Cost in the upstreams' own units, failed attempts included. Empty where an upstream reports
/// no cost.</param>
public sealed record ModelCost(
    string Model, AccountMode Mode, long Requests, long Captured, long ExtraSubmits,
    ImmutableArray<ProviderCost> Upstream)
{
    public ModelCost With(Generation generation) => this with
    {
        Requests = Requests + 1,
        Captured = Captured + generation.Credits,
        ExtraSubmits = ExtraSubmits + (generation.Job?.Submits.Extra ?? 0),
        Upstream = (generation.Job?.Costs ?? []).Aggregate(Upstream, ProviderCost.Add),
    };
}

/// <summary>Compares captured credits with upstream cost, over all accounts and one statement page at a time.</summary>
public sealed class CostReport(IDirectory directory)
{
    private const int ParallelJobs = 16;

    public async Task<IReadOnlyList<ModelCost>> Read(Period period, CancellationToken cancellation)
    {
        var rows = new SortedDictionary<(string Model, AccountMode Mode), ModelCost>();
        await foreach (var id in directory.AccountIds(cancellation))
        {
            var mode = (await directory.Account(id).Read()).Value?.Mode ?? AccountMode.None;
            await foreach (var generation in Requests(id, period, cancellation))
            {
                var key = (generation.Model ?? generation.Job?.Model ?? UsageGroup.Unknown, mode);
                rows[key] = rows.GetValueOrDefault(key, new ModelCost(key.Item1, mode, 0, 0, 0, [])).With(generation);
            }
        }

        return [.. rows.Values];
    }

    private async IAsyncEnumerable<Generation> Requests(
        string accountId, Period period, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var reader = new StatementReader(directory.Account(accountId).Statement);
        var reserves = reader.After(await reader.StartOf(period), cancellation)
            .TakeWhile(entry => !period.EndedBefore(entry.At))
            .Where(entry => entry.Kind == EntryKind.Reserve && period.Contains(entry.At));
        await foreach (var chunk in reserves.Chunk(ParallelJobs).WithCancellation(cancellation))
        {
            var jobs = await Task.WhenAll(chunk.Select(entry => directory.Job(entry.JobId!).Read()));
            foreach (var (entry, job) in chunk.Zip(jobs))
            {
                if (new Generation(entry, job.Value) is { IsRepeat: false } generation)
                    yield return generation;
            }
        }
    }
}
