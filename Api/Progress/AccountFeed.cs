using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using TryOn.Core;
using TryOn.Core.Jobs;

namespace TryOn.Api.Progress;

/// <summary>An update of an account's feed: a snapshot, one job, or a tick without news.</summary>
/// <param name="Seq">The statement's sequence number up to which everything has been reported; null if it has not
/// advanced.</param>
public sealed record FeedUpdate(ImmutableArray<JobView>? Snapshot = null, JobView? Job = null, long? Seq = null)
{
    /// <summary>Of a snapshot: the statement's sequence number after which the snapshot is complete.</summary>
    public long From { get; init; }
}

/// <summary>
/// Follows all jobs of one account for one watcher: recent jobs first, then what the feed brings. The feed may lose
/// updates, so the account's statement is read every few seconds to find jobs whose start or end was missed.
/// </summary>
public sealed class AccountFeed(
    IDirectory directory, IJobFeed feed, TimeProvider clock, IHostApplicationLifetime lifetime)
{
    private const int TicksPerRead = 2;

    /// <param name="authorized">Whether the watcher is still authorized; called at every tick.</param>
    public async IAsyncEnumerable<FeedUpdate> Follow(
        string accountId, Func<Task<bool>> authorized, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation, lifetime.ApplicationStopping);
        using var subscription = feed.SubscribeAccount(accountId);
        using var timer = new PeriodicTimer(ProgressReader.Tick, clock);
        var sent = new SentSteps();
        var recent = await RecentEntries.Latest(directory.Account(accountId));
        yield return await Snapshot(recent, sent);
        try
        {
            var (news, tick) = (
                subscription.Next(ending.Token).AsTask(), timer.WaitForNextTickAsync(ending.Token).AsTask());
            for (var ticks = 0; ;)
            {
                var happened = await Task.WhenAny(news, tick);
                if (ending.IsCancellationRequested)
                    yield break;
                if (happened == news)
                {
                    var job = await news;
                    news = subscription.Next(ending.Token).AsTask();
                    if (sent.Take(job))
                        yield return new FeedUpdate(Job: job);
                    continue;
                }

                tick = timer.WaitForNextTickAsync(ending.Token).AsTask();
                if (!await authorized())
                    yield break;
                yield return new FeedUpdate();
                if (++ticks % TicksPerRead != 0)
                    continue;
                var more = await RecentEntries.After(directory.Account(accountId), recent.Newest);
                foreach (var job in await Missed(more, sent))
                    yield return new FeedUpdate(Job: job);
                if (more.Newest > recent.Newest)
                    yield return new FeedUpdate(Seq: more.Newest);
                recent = more;
            }
        }
        finally
        {
            await ending.CancelAsync();
        }
    }

    private async Task<FeedUpdate> Snapshot(RecentEntries recent, SentSteps sent)
    {
        var jobs = (await Read(recent.JobIds)).OrderByDescending(job => job.CreatedAt).ToImmutableArray();
        foreach (var job in jobs)
            sent.Take(job);
        sent.Settle(recent.SettledIds);
        return new FeedUpdate(
            jobs, Seq: recent.Newest) { From = recent.Entries.IsEmpty ? 0 : recent.Entries[0].Sequence - 1 };
    }

    /// <summary>Reads jobs that the statement mentions and whose newest state the feed has not delivered.</summary>
    private async Task<List<JobView>> Missed(RecentEntries more, SentSteps sent)
    {
        var missed = (await Read(more.JobIds.Where(id => !sent.HasSentEnd(id)))).Where(sent.Take).ToList();
        sent.Settle(more.SettledIds);
        return missed;
    }

    /// <summary>
    /// Skips jobs that do not exist yet because their pictures are still being stored; the feed reports them when they
    /// start.
    /// </summary>
    private async Task<IEnumerable<JobView>> Read(IEnumerable<string> jobIds) =>
        (await Task.WhenAll(jobIds.Select(async id => (await directory.Job(id).Read()).Value))).OfType<JobView>();
}
