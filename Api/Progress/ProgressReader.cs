using System.Runtime.CompilerServices;
using TryOn.Api.Jobs;
using TryOn.Core;
using TryOn.Core.Jobs;

namespace TryOn.Api.Progress;

/// <summary>
/// Follows a job, or all jobs of a request, for one watcher: subscribes, reads the committed jobs, then passes on what
/// the feed brings. The feed may lose updates, so the jobs are read again every few seconds.
/// </summary>
public sealed class ProgressReader(
    IDirectory directory, JobSets sets, IJobFeed feed, TimeProvider clock, IHostApplicationLifetime lifetime)
{
    /// <summary>
    /// Interval of ticks without news. The watcher's key is checked at each: once disabled, it can watch for a few
    /// seconds more.
    /// </summary>
    public static readonly TimeSpan Tick = TimeSpan.FromSeconds(2);

    /// <summary>The committed jobs are read every this many ticks, in case an update was lost.</summary>
    private const int TicksPerRead = 2;

    private readonly AnswerCache<JobSet?> _reads = new(clock, TimeSpan.FromSeconds(1));

    /// <param name="authorized">Whether the watcher is still authorized; called at every tick.</param>
    public async IAsyncEnumerable<ProgressUpdate> Follow(
        string jobId, long? after, Func<Task<bool>> authorized, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var news = new JobSetSubscription(feed, ending.Token);
        using var timer = new PeriodicTimer(Tick, clock);
        var cursor = new ProgressCursor(after);
        try
        {
            if (await Begin(jobId, news) is not { } newest)
                yield break;
            var tick = timer.WaitForNextTickAsync(ending.Token).AsTask();
            var stopping = WhenStopping(ending.Token);
            for (var ticks = 0; ;)
            {
                foreach (var update in cursor.Advance(newest))
                    yield return update;
                if (cursor.Ended)
                    yield break;
                var happened = await Task.WhenAny([.. news.Next, tick, stopping]);
                cancellation.ThrowIfCancellationRequested();
                if (happened == stopping)
                {
                    yield return cursor.Tick(newest) with { Kind = ProgressKind.ShuttingDown };
                    yield break;
                }

                if (happened != tick)
                {
                    newest = await news.Merge(newest);
                    continue;
                }

                tick = timer.WaitForNextTickAsync(ending.Token).AsTask();
                if (!await authorized())
                {
                    yield return cursor.Tick(newest) with { Kind = ProgressKind.Revoked };
                    yield break;
                }

                if (++ticks % TicksPerRead == 0)
                    newest = newest.With(await _reads.Get(jobId, () => Read(jobId)));
                if (!newest.Combined.Ended)
                    yield return cursor.Tick(newest);
            }
        }
        finally
        {
            await ending.CancelAsync();
        }
    }

    /// <summary>Reads each job only after subscribing to it, so that no update falls in between.</summary>
    private async Task<JobSet?> Begin(string jobId, JobSetSubscription news)
    {
        news.Subscribe(jobId);
        if ((await directory.Job(jobId).Read()).Value is not { } first)
            return null;
        foreach (var other in JobSets.IdsOf(first).Where(id => id != jobId))
            news.Subscribe(other);
        return await sets.Load(first);
    }

    private async Task<JobSet?> Read(string jobId) =>
        (await directory.Job(jobId).Read()).Value is { } first ? await sets.Load(first) : null;

    private async Task WhenStopping(CancellationToken ending)
    {
        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStopping.Register(() => stopping.TrySetResult());
        await using var end = ending.Register(() => stopping.TrySetCanceled(ending));
        await stopping.Task;
    }
}
