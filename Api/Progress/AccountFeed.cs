using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using TryOn.Core;
using TryOn.Core.Jobs;

namespace TryOn.Api.Progress;

/// <summary>What there is to tell: a snapshot, one job, or only that time has passed.</summary>
/// <param name="Seq">The statement's number up to which everything has been told; null where it has not moved.</param>
public sealed record FeedUpdate(ImmutableArray<JobView>? Snapshot = null, JobView? Job = null, long? Seq = null)
{
    /// <summary>Of a snapshot: the statement's number from which it knows everything.</summary>
    public long From { get; init; }
}

/// <summary>
/// Follows all jobs of one account for one watcher: recent jobs first, then what the feed brings. The feed is best effort,
/// so the account's statement is read on every few seconds, and tells of the jobs whose beginning or end was missed.
/// </summary>
public sealed class AccountFeed(
    IDirectory directory, IJobFeed feed, TimeProvider clock, IHostApplicationLifetime lifetime)
{
    private const int TicksPerRead = 2;

    /// <param name="admitted">Whether the watcher may still look; asked at every tick.</param>
    public async IAsyncEnumerable<FeedUpdate> Follow(
        string accountId, Func<Task<bool>> admitted, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation, lifetime.ApplicationStopping);
        using var subscription = feed.SubscribeAccount(accountId);
        using var timer = new PeriodicTimer(ProgressReader.Tick, clock);
        var told = new ToldJobs();
        var past = await RecentMovements.Latest(directory.Account(accountId));
        yield return await Snapshot(past, told);
        try
        {
            var (news, tick) = (subscription.Next(over.Token).AsTask(), timer.WaitForNextTickAsync(over.Token).AsTask());
            for (var ticks = 0; ;)
            {
                var happened = await Task.WhenAny(news, tick);
                if (over.IsCancellationRequested)
                    yield break;
                if (happened == news)
                {
                    var job = await news;
                    news = subscription.Next(over.Token).AsTask();
                    if (told.Take(job))
                        yield return new FeedUpdate(Job: job);
                    continue;
                }

                tick = timer.WaitForNextTickAsync(over.Token).AsTask();
                if (!await admitted())
                    yield break;
                yield return new FeedUpdate();
                if (++ticks % TicksPerRead != 0)
                    continue;
                var more = await RecentMovements.After(directory.Account(accountId), past.Newest);
                foreach (var job in await Missed(more, told))
                    yield return new FeedUpdate(Job: job);
                if (more.Newest > past.Newest)
                    yield return new FeedUpdate(Seq: more.Newest);
                past = more;
            }
        }
        finally
        {
            await over.CancelAsync();
        }
    }

    private async Task<FeedUpdate> Snapshot(RecentMovements past, ToldJobs told)
    {
        var jobs = (await Read(past.JobIds)).OrderByDescending(job => job.CreatedAt).ToImmutableArray();
        foreach (var job in jobs)
            told.Take(job);
        told.Settle(past.SettledIds);
        return new FeedUpdate(jobs, Seq: past.Newest) { From = past.Entries.IsEmpty ? 0 : past.Entries[0].Sequence - 1 };
    }

    /// <summary>Jobs that the statement speaks of and the feed has not, or not for the last time.</summary>
    private async Task<List<JobView>> Missed(RecentMovements more, ToldJobs told)
    {
        var missed = (await Read(more.JobIds.Where(id => !told.KnowsEnd(id)))).Where(told.Take).ToList();
        told.Settle(more.SettledIds);
        return missed;
    }

    /// <summary>A job whose pictures are still being stored is not there yet, and is told of when it begins.</summary>
    private async Task<IEnumerable<JobView>> Read(IEnumerable<string> jobIds) =>
        (await Task.WhenAll(jobIds.Select(async id => (await directory.Job(id).Read()).Value))).OfType<JobView>();
}
