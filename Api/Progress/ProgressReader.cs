using System.Runtime.CompilerServices;
using TryOn.Core;
using TryOn.Core.Jobs;

namespace TryOn.Api.Progress;

/// <summary>
/// Follows one job for one watcher: subscribes, reads the committed job, then hands on what the feed brings. The feed is
/// best effort, so a job whose news was lost is read again every few seconds.
/// </summary>
public sealed class ProgressReader(
    IDirectory directory, IJobFeed feed, TimeProvider clock, IHostApplicationLifetime lifetime)
{
    /// <summary>How often a watcher sees that time passes. Its key is asked about as often: cut off, it may watch for five seconds.</summary>
    public static readonly TimeSpan Tick = TimeSpan.FromSeconds(2);

    /// <summary>How often the committed job is read, lest its news were lost.</summary>
    private const int TicksPerRead = 2;

    private readonly SharedAnswers<JobView?> _reads = new(clock, TimeSpan.FromSeconds(1));

    /// <param name="admitted">Whether the watcher may still look; asked at every tick.</param>
    public async IAsyncEnumerable<ProgressUpdate> Follow(
        string jobId, long? after, Func<Task<bool>> admitted, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var subscription = feed.Subscribe(jobId);
        using var timer = new PeriodicTimer(Tick, clock);
        var cursor = new ProgressCursor(after);
        if (await Read(jobId) is not { } newest)
            yield break;
        try
        {
            var (news, tick) = (subscription.Next(over.Token).AsTask(), timer.WaitForNextTickAsync(over.Token).AsTask());
            var stopping = Stopping(over.Token);
            for (var ticks = 0; ;)
            {
                foreach (var update in cursor.Take(newest))
                    yield return update;
                if (cursor.Ended)
                    yield break;
                var happened = await Task.WhenAny(news, tick, stopping);
                cancellation.ThrowIfCancellationRequested();
                if (happened == stopping)
                {
                    yield return cursor.Tick(newest) with { Kind = ProgressKind.Leaving };
                    yield break;
                }

                if (happened == news)
                {
                    newest = Newer(newest, await news);
                    news = subscription.Next(over.Token).AsTask();
                    continue;
                }

                tick = timer.WaitForNextTickAsync(over.Token).AsTask();
                if (!await admitted())
                {
                    yield return cursor.Tick(newest) with { Kind = ProgressKind.Revoked };
                    yield break;
                }

                if (++ticks % TicksPerRead == 0)
                    newest = Newer(newest, await _reads.Get(jobId, () => Read(jobId)));
                if (!newest.Ended)
                    yield return cursor.Tick(newest);
            }
        }
        finally
        {
            await over.CancelAsync();
        }
    }

    private async Task<JobView?> Read(string jobId) => (await directory.Job(jobId).Read()).Value;

    private static JobView Newer(JobView known, JobView? heard) => heard?.Version > known.Version ? heard : known;

    private async Task Stopping(CancellationToken over)
    {
        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStopping.Register(() => stopping.TrySetResult());
        await using var end = over.Register(() => stopping.TrySetCanceled(over));
        await stopping.Task;
    }
}
