using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TryOn.Core;
using TryOn.Core.Jobs;
using TryOn.Core.Pictures;

namespace TryOn.Engine.Pictures;

/// <summary>
/// Deletes pictures that should no longer be stored: those of requests that never became a job, inputs of ended jobs,
/// and expired results. Decides by the committed job alone, so it may run on any host, at any time and concurrently.
/// </summary>
public sealed partial class PictureSweep(
    IPictureStore pictures, IDirectory directory, IOptions<RetentionOptions> options, TimeProvider clock,
    ILogger<PictureSweep> logger)
{
    /// <summary>Results that need not be checked again before they expire, which are most pictures.</summary>
    private Dictionary<PictureId, DateTimeOffset> _keepUntil = [];

    private readonly ClockWatch _watch = new(clock);
    private bool _clockDistrusted;

    public async Task<int> Run(CancellationToken cancellation)
    {
        if (ClockIsDistrusted())
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

        // A picture that was not listed is gone: another silo has deleted it.
        _keepUntil = kept;

        if (deleted > 0)
            LogDeleted(logger, deleted);
        return deleted;
    }

    /// <summary>With a clock set far ahead, all paid results would seem to have expired.</summary>
    private bool ClockIsDistrusted()
    {
        var jump = _watch.DetectJump();
        if (jump is { } ahead && !_clockDistrusted)
            LogClockJump(logger, ahead);
        _clockDistrusted = jump is not null;
        return _clockDistrusted;
    }

    private static bool IsPartOf(PictureId stored, PictureId result) => stored == result || stored.IsPreviewOf(result);

    private async Task<bool> Keep(StoredPicture stored, DateTimeOffset now, Dictionary<PictureId, DateTimeOffset> kept)
    {
        var job = (await directory.Job(stored.Id.JobId).Read()).Value;
        if (job is null || job.NeverStarted)
            return now - stored.SavedAt < options.Value.OrphanAge;
        if (!job.Ended)
            return true;
        if (job.Status != JobStatus.Succeeded || !job.Outputs.Any(output => IsPartOf(stored.Id, output.Picture)))
            return false;
        var until = job.EndedAt!.Value + options.Value.Results;
        if (now >= until)
            return false;
        kept[stored.Id] = until;
        return true;
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The clock has jumped {Ahead} ahead of elapsed time; no pictures are deleted until it is corrected "
            + "or a day has passed. If it is right, a restart ends the wait")]
    private static partial void LogClockJump(ILogger logger, TimeSpan ahead);

    [LoggerMessage(Level = LogLevel.Information, Message = "Deleted {Count} pictures")]
    private static partial void LogDeleted(ILogger logger, int count);
}
