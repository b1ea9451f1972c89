using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using TryOn.Api.History;
using TryOn.Core;
using TryOn.Core.Accounts;
using TryOn.Core.Providers;

namespace TryOn.Api.Admin;

public sealed record CostBody(DateTimeOffset? From, DateTimeOffset? To, IReadOnlyList<ModelCost> Data);

/// <summary>What the requests that one model answered, or was to answer, brought in, and what the upstream says they cost.</summary>
/// <param name="Mode">A test account's jobs ran on the sandbox: nobody bills what it says they cost.</param>
/// <param name="ExtraSubmits">Paid calls beyond the first of each job. An upstream may bill those without a word.</param>
/// <param name="Upstream">In the upstreams' own units, of failed attempts too. Empty where an upstream does not tell.</param>
public sealed record ModelCost(
    string Model, AccountMode Mode, long Requests, long Captured, long ExtraSubmits, ImmutableArray<ProviderCost> Upstream)
{
    public ModelCost With(Generation generation) => this with
    {
        Requests = Requests + 1,
        Captured = Captured + generation.Credits,
        ExtraSubmits = ExtraSubmits + (generation.Job?.Submits.Extra ?? 0),
        Upstream = (generation.Job?.Costs ?? []).Aggregate(Upstream, ProviderCost.Add),
    };
}

/// <summary>Holds credits captured against upstream cost, over every account and piece by piece as an audit does.</summary>
public sealed class CostReport(IDirectory directory)
{
    private const int JobsAtOnce = 16;

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
        var reserves = reader.After(await reader.StartOf(period), cancellation).TakeWhile(entry => !period.Over(entry.At))
            .Where(entry => entry.Kind == EntryKind.Reserve && period.Holds(entry.At));
        await foreach (var some in reserves.Chunk(JobsAtOnce).WithCancellation(cancellation))
        {
            var jobs = await Task.WhenAll(some.Select(entry => directory.Job(entry.JobId!).Read()));
            foreach (var (entry, job) in some.Zip(jobs))
            {
                if (new Generation(entry, job.Value) is { Repeat: false } generation)
                    yield return generation;
            }
        }
    }
}
