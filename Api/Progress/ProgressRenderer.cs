using TryOn.Api.Jobs;

namespace TryOn.Api.Progress;

/// <summary>Renders updates as messages for one watcher. The progress it shows never goes back.</summary>
public sealed class ProgressRenderer(HttpRequest request, JobRenderer renderer)
{
    private double _progress = -1;
    private int? _position;

    /// <summary>Null for a tick that changes nothing.</summary>
    public ProgressMessage? Render(ProgressUpdate update)
    {
        var progress = renderer.Progress(update.Job);
        var position = renderer.QueuePosition(update.Job);
        // Most ticks change nothing, and rendering the job would be wasted work.
        if (update.Kind is ProgressKind.Revoked or ProgressKind.ShuttingDown
            || (update.Kind == ProgressKind.Tick && progress <= _progress && position == _position))
        {
            return null;
        }

        (_progress, _position) = (Math.Max(_progress, progress), position);
        var job = renderer.Render(request, update.Jobs);
        return update.Kind == ProgressKind.Tick
            ? new ProgressMessage("progress", update.Seq, job with { Progress = _progress })
            : new ProgressMessage(Name(update.Kind), update.Seq, AsOf(update, job));
    }

    public static string Name(ProgressKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>A step that is sent late is rendered as of the time it happened.</summary>
    private JobObject AsOf(ProgressUpdate update, JobObject job) => update.Status == update.Job.Status
        ? job with { Progress = _progress }
        : job with
        {
            Status = JobRenderer.StatusName(update.Status),
            Progress = Math.Min(_progress, ProgressEstimator.ProgressMax),
            Output = [], Error = null,
            QueuePosition = null,
        };
}
