using TryOn.Api.Jobs;
using TryOn.Core.Jobs;

namespace TryOn.Api.Progress;

/// <summary>
/// What one watcher has been told of one id, and what it is to be told next. Follows from its jobs' committed steps and
/// the number the watcher last saw, so a connection that breaks anywhere is taken up without a gap or a repeat, by any
/// process. A watcher that falls behind costs nothing: the newest view holds all it missed.
/// </summary>
/// <param name="after">The number last seen; null for a watcher that wants no past, 0 for all of it.</param>
public sealed class ProgressCursor(long? after)
{
    private long _seq = after ?? 0;
    private bool _begun = after > 0;

    /// <summary>True once the end has been told.</summary>
    public bool Ended { get; private set; }

    public IEnumerable<ProgressUpdate> Take(JobSet jobs)
    {
        if (!_begun && after is null)
            yield return Snapshot(jobs);
        foreach (var step in ProgressSteps.Of(jobs).Where(step => step.Version > _seq))
        {
            var update = new ProgressUpdate(Kind(step.Status), step.Version, step.Status, jobs);
            (_seq, _begun, Ended) = (step.Version, true, update.Ends);
            yield return update;
        }

        // Its number is past the end's when it made it up; there is no more to tell all the same.
        Ended |= jobs.Whole.Ended;
    }

    public ProgressUpdate Tick(JobSet jobs) => new(ProgressKind.Tick, _seq, jobs.Whole.Status, jobs);

    /// <summary>Numbered before the end, so that a watcher who is cut off right after it still gets the end.</summary>
    private ProgressUpdate Snapshot(JobSet jobs)
    {
        (_seq, _begun) = (ProgressSteps.Of(jobs).LastOrDefault(step => !IsEnd(step.Status))?.Version ?? 0, true);
        return new ProgressUpdate(ProgressKind.Snapshot, _seq, jobs.Whole.Status, jobs);
    }

    private static bool IsEnd(JobStatus status) =>
        status is JobStatus.Succeeded or JobStatus.Failed or JobStatus.Canceled;

    private ProgressKind Kind(JobStatus status) => status switch
    {
        JobStatus.Succeeded => ProgressKind.Result,
        JobStatus.Failed or JobStatus.Canceled => ProgressKind.Error,
        _ => _begun ? ProgressKind.Status : ProgressKind.Snapshot,
    };
}
