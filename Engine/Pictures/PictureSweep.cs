using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TryOn.Core;
using TryOn.Core.Jobs;
using TryOn.Core.Pictures;

namespace TryOn.Engine.Pictures;

/// <summary>
/// Deletes what should no longer be there: pictures of requests that never became a job, inputs of ended jobs, results
/// past their time. It decides from the committed job alone, so it may run anywhere, any time, twice.
/// </summary>
public sealed partial class PictureSweep(
    IPictureStore pictures, IDirectory directory, IOptions<RetentionOptions> options, TimeProvider clock,
    ILogger<PictureSweep> logger)
{
    /// <summary>Results that need no second look before they expire: most pictures, most of the time.</summary>
    private Dictionary<PictureId, DateTimeOffset> _keepUntil = [];

    private readonly ClockWatch _watch = new(clock);
    private bool _doubted;

    public async Task<int> Run(CancellationToken cancellation)
    {
        if (Doubted())
            return 0;
        var (deleted, now, kept) = (0, clock.GetUtcNow(), new Dictionary<PictureId, DateTimeOffset>());
        await foreach (var stored in pictures.List(cancellation))
        {
            if (_keepUntil.TryGetValue(stored.Id, out var until) && now < until)
            {
                kept[stored.Id] = until;
                continue;
            }

            if (await Keep(stored, now, kept))
                continue;
            await pictures.Delete(stored.Id, cancellation);
            deleted++;
        }

        // What was not listed is no longer there: another silo has deleted it.
        _keepUntil = kept;

        if (deleted > 0)
            LogSwept(logger, deleted);
        return deleted;
    }

    /// <summary>By a clock that was set far ahead every picture that was paid for would be past its time.</summary>
    private bool Doubted()
    {
        var jump = _watch.Jump();
        if (jump is { } ahead && !_doubted)
            LogDoubted(logger, ahead);
        _doubted = jump is not null;
        return _doubted;
    }

    private async Task<bool> Keep(StoredPicture stored, DateTimeOffset now, Dictionary<PictureId, DateTimeOffset> kept)
    {
        var job = (await directory.Job(stored.Id.JobId).Read()).Value;
        if (job is null || job.NeverStarted)
            return now - stored.SavedAt < options.Value.OrphanAge;
        if (!job.Ended)
            return true;
        if (job.Status != JobStatus.Succeeded || job.Outputs.All(output => output.Picture != stored.Id))
            return false;
        var until = job.EndedAt!.Value + options.Value.Results;
        if (now >= until)
            return false;
        kept[stored.Id] = until;
        return true;
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The clock has gone {Ahead} further than the time that passed; no picture is deleted until it is set right, "
            + "or a day has passed. If it is right, a restart ends the wait")]
    private static partial void LogDoubted(ILogger logger, TimeSpan ahead);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} pictures deleted")]
    private static partial void LogSwept(ILogger logger, int count);
}
