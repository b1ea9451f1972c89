using TryOn.Api.Jobs;
using TryOn.Core.Jobs;

namespace TryOn.Api.Progress;

/// <summary>
/// Tracks which steps one watcher has been sent, and which are next. Both follow from the jobs' committed steps and the
/// last number the watcher saw, so any process can resume a broken connection without a gap or a repeat. A slow watcher
/// costs nothing: the newest view contains all it missed.
/// </summary>
/// <param name="after">The last number seen; null for a watcher that wants no past steps, 0 for all of them.</param>
public sealed class ProgressCursor(long? after)
{
    private long _seq = after ?? 0;
    private bool _started = after > 0;

    /// <summary>True once the end has been sent.</summary>
    public bool Ended { get; private set; }

    public IEnumerable<ProgressUpdate> Advance(JobSet jobs)
    {
        if (!_started && after is null)
            yield return Snapshot(jobs);
        foreach (var step in ProgressSteps.FromJobs(jobs).Where(step => step.Version > _seq))
        {
            var update = new ProgressUpdate(Kind(step.Status), step.Version, step.Status, jobs);
            (_seq, _started, Ended) = (step.Version, true, update.Ends);
            yield return update;
        }

        // A watcher that sent an invented number past the end gets no more steps either.
        Ended |= jobs.Combined.Ended;
    }

    public ProgressUpdate Tick(JobSet jobs) => new(ProgressKind.Tick, _seq, jobs.Combined.Status, jobs);

    /// <summary>
    /// Numbered as the last step before the end, so that a watcher who is disconnected right after it still receives
    /// the end.
    /// </summary>
    private ProgressUpdate Snapshot(JobSet jobs)
    {
        var before = ProgressSteps.FromJobs(jobs).LastOrDefault(step => !IsEnd(step.Status));
        (_seq, _started) = (before?.Version ?? 0, true);
        return new ProgressUpdate(ProgressKind.Snapshot, _seq, jobs.Combined.Status, jobs);
    }

    private static bool IsEnd(JobStatus status) =>
        status is JobStatus.Succeeded or JobStatus.Failed or JobStatus.Canceled;

    private ProgressKind Kind(JobStatus status) => status switch
    {
        JobStatus.Succeeded => ProgressKind.Result,
        JobStatus.Failed or JobStatus.Canceled => ProgressKind.Error,
        _ => _started ? ProgressKind.Status : ProgressKind.Snapshot,
    };
}
