using System.Runtime.CompilerServices;
using TryOn.Api.Jobs;
using TryOn.Core;
using TryOn.Core.Jobs;

namespace TryOn.Api.Progress;

/// <summary>
/// Follows what one id stands for, a job or all jobs of a request, for one watcher: subscribes, reads the committed jobs,
/// then hands on what the feed brings. The feed is best effort, so jobs whose news was lost are read again every few seconds.
/// </summary>
public sealed class ProgressReader(
    IDirectory directory, JobSets sets, IJobFeed feed, TimeProvider clock, IHostApplicationLifetime lifetime)
{
    /// <summary>How often a watcher sees that time passes. Its key is asked about as often: cut off, it may watch for five seconds.</summary>
    public static readonly TimeSpan Tick = TimeSpan.FromSeconds(2);

    /// <summary>How often the committed jobs are read, lest their news were lost.</summary>
    private const int TicksPerRead = 2;

    private readonly SharedAnswers<JobSet?> _reads = new(clock, TimeSpan.FromSeconds(1));

    /// <param name="admitted">Whether the watcher may still look; asked at every tick.</param>
    public async IAsyncEnumerable<ProgressUpdate> Follow(
        string jobId, long? after, Func<Task<bool>> admitted, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var news = new SetNews(feed, over.Token);
        using var timer = new PeriodicTimer(Tick, clock);
        var cursor = new ProgressCursor(after);
        try
        {
            if (await Begin(jobId, news) is not { } newest)
                yield break;
            var tick = timer.WaitForNextTickAsync(over.Token).AsTask();
            var stopping = Stopping(over.Token);
            for (var ticks = 0; ;)
            {
                foreach (var update in cursor.Take(newest))
                    yield return update;
                if (cursor.Ended)
                    yield break;
                var happened = await Task.WhenAny([.. news.Next, tick, stopping]);
                cancellation.ThrowIfCancellationRequested();
                if (happened == stopping)
                {
                    yield return cursor.Tick(newest) with { Kind = ProgressKind.Leaving };
                    yield break;
                }

                if (happened != tick)
                {
                    newest = await news.Take(newest);
                    continue;
                }

                tick = timer.WaitForNextTickAsync(over.Token).AsTask();
                if (!await admitted())
                {
                    yield return cursor.Tick(newest) with { Kind = ProgressKind.Revoked };
                    yield break;
                }

                if (++ticks % TicksPerRead == 0)
                    newest = newest.With(await _reads.Get(jobId, () => Read(jobId)));
                if (!newest.Whole.Ended)
                    yield return cursor.Tick(newest);
            }
        }
        finally
        {
            await over.CancelAsync();
        }
    }

    /// <summary>Each job is read after it is subscribed to, so that nothing falls in between.</summary>
    private async Task<JobSet?> Begin(string jobId, SetNews news)
    {
        news.Follow(jobId);
        if ((await directory.Job(jobId).Read()).Value is not { } first)
            return null;
        foreach (var other in JobSets.Under(first).Where(id => id != jobId))
            news.Follow(other);
        return await sets.Of(first);
    }

    private async Task<JobSet?> Read(string jobId) =>
        (await directory.Job(jobId).Read()).Value is { } first ? await sets.Of(first) : null;

    private async Task Stopping(CancellationToken over)
    {
        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStopping.Register(() => stopping.TrySetResult());
        await using var end = over.Register(() => stopping.TrySetCanceled(over));
        await stopping.Task;
    }
}
