using System.Text.Json.Serialization;
using TryOn.Api.Jobs;
using TryOn.Core.Jobs;

namespace TryOn.Api.Progress;

/// <summary>One message of a stream, the same over SSE and WebSocket.</summary>
/// <param name="Type">snapshot | status | progress | result | error | ping.</param>
/// <param name="Seq">The job's step; progress and ping repeat the one before them.</param>
/// <param name="Job">Absent in a ping.</param>
public sealed record ProgressMessage(
    string Type, long Seq, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JobObject? Job = null);

/// <summary>Puts updates into words. Kept for one watcher: what it is shown of progress never goes back.</summary>
public sealed class ProgressWords(HttpRequest request, JobRenderer renderer)
{
    private double _progress = -1;
    private int? _position;

    /// <summary>Null for a tick by which nothing has moved.</summary>
    public ProgressMessage? Of(ProgressUpdate update)
    {
        var progress = renderer.Progress(update.Job);
        var position = renderer.QueuePosition(update.Job);
        // Most ticks move nothing, and a job that is not shown need not be put into words.
        if (update.Kind is ProgressKind.Revoked or ProgressKind.Leaving
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

    /// <summary>A step that is told late says what was known when it happened.</summary>
    private JobObject AsOf(ProgressUpdate update, JobObject job) => update.Status == update.Job.Status
        ? job with { Progress = _progress }
        : job with
        {
            Status = JobRenderer.Word(update.Status), Progress = Math.Min(_progress, Expectations.ProgressMax), Output = [], Error = null,
            QueuePosition = null,
        };
}
