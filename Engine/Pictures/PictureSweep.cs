using System.Collections.Concurrent;
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
    private readonly ConcurrentDictionary<PictureId, DateTimeOffset> _keepUntil = new();

    public async Task<int> Run(CancellationToken cancellation)
    {
        var deleted = 0;
        await foreach (var stored in pictures.List(cancellation))
        {
            if (_keepUntil.TryGetValue(stored.Id, out var until) && clock.GetUtcNow() < until)
                continue;
            if (await Keep(stored))
                continue;
            await pictures.Delete(stored.Id, cancellation);
            _keepUntil.TryRemove(stored.Id, out _);
            deleted++;
        }

        if (deleted > 0)
            LogSwept(logger, deleted);
        return deleted;
    }

    private async Task<bool> Keep(StoredPicture stored)
    {
        var now = clock.GetUtcNow();
        var job = (await directory.Job(stored.Id.JobId).Read()).Value;
        if (job is null || job.NeverStarted)
            return now - stored.SavedAt < options.Value.OrphanAge;
        if (!job.Ended)
            return true;
        if (job.Status != JobStatus.Succeeded || job.Outputs.All(output => output.Picture != stored.Id))
            return false;
        var until = job.EndedAt!.Value + options.Value.Results;
        _keepUntil[stored.Id] = until;
        return now < until;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} pictures deleted")]
    private static partial void LogSwept(ILogger logger, int count);
}
