using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TryOn.Core.Images;
using TryOn.Imaging.Protocol;

namespace TryOn.Imaging.Pool;

/// <summary>
/// Decodes pictures in processes of their own, which are started when they are needed. A picture that crashes its
/// process, or takes too long, costs that process and nothing else. See docs/adr/0015.
/// </summary>
public sealed partial class ImageWorkers : IImageCodec, IDisposable
{
    /// <summary>A process has handled this many pictures when another takes its place.</summary>
    private const int PicturesMax = 50_000;

    /// <summary>The same, once it holds this much memory in bytes between two pictures.</summary>
    private const long RestingMemoryMax = 320L * 1024 * 1024;

    private static readonly TimeSpan StartMax = TimeSpan.FromSeconds(60);

    private const long MiB = 1024 * 1024;

    private readonly ConcurrentStack<WorkerProcess> _idle = new();

    [SuppressMessage("Usage", "CA2213:Disposable fields should be disposed",
        Justification = "A picture under way releases it after the others have been stopped; it holds no handle.")]
    private readonly SemaphoreSlim _permits;

    [SuppressMessage("Usage", "CA2213:Disposable fields should be disposed", Justification = "As above.")]
    private readonly SemaphoreSlim _callerPermits;

    private readonly ImagingOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<ImageWorkers> _logger;
    private readonly ITimer _idleTimer;
    private int _started;
    private volatile bool _disposed;

    public ImageWorkers(IOptions<ImagingOptions> options, TimeProvider clock, ILogger<ImageWorkers> logger)
    {
        (_options, _clock, _logger) = (options.Value, clock, logger);
        _permits = new SemaphoreSlim(_options.Workers);
        _callerPermits = new SemaphoreSlim(Math.Max(1, _options.Workers - 1));
        _idleTimer = clock.CreateTimer(
            _ => StopIdle(_options.IdleMax), state: null, _options.IdleMax, _options.IdleMax);
    }

    public Task<ImageReply> Normalize(byte[] content, ImageTarget target, CancellationToken cancellation) =>
        RunAside(new WorkerRequest(WorkerOperation.Normalize, content, target), cancellation);

    public Task<ImageReply> NormalizeMask(
        byte[] content, ImageSides shown, ImageSides scaled, int bytesMax, CancellationToken cancellation) =>
        RunAside(
            new WorkerRequest(
                WorkerOperation.NormalizeMask, content, Shown: shown, Sides: scaled, BytesMax: bytesMax),
            cancellation);

    public Task<ImageReply> Verify(byte[] content, CancellationToken cancellation) =>
        Run(new WorkerRequest(WorkerOperation.Verify, content), cancellation);

    public Task<ImageReply> Preview(byte[] content, int width, CancellationToken cancellation) =>
        RunAside(
            new WorkerRequest(WorkerOperation.Preview, content, Sides: new ImageSides(width, 0)), cancellation);

    public void Dispose()
    {
        _disposed = true;
        _idleTimer.Dispose();
        while (_idle.TryPop(out var worker))
            worker.Dispose();
    }

    /// <summary>Of the workers that wait for a picture.</summary>
    internal IEnumerable<int> ProcessIds => _idle.Select(worker => worker.Id);

    /// <summary>How many have been started so far.</summary>
    internal int Started => _started;

    /// <summary>
    /// What callers send may not keep results waiting, which are paid for: it waits in a line of its own, and only the
    /// first ones of it wait for a worker.
    /// </summary>
    private async Task<ImageReply> RunAside(WorkerRequest request, CancellationToken cancellation)
    {
        await _callerPermits.WaitAsync(cancellation);
        try
        {
            return await Run(request, cancellation);
        }
        finally
        {
            _callerPermits.Release();
        }
    }

    private async Task<ImageReply> Run(WorkerRequest request, CancellationToken cancellation)
    {
        await _permits.WaitAsync(cancellation);
        try
        {
            var since = _clock.GetTimestamp();
            var fresh = false;
            while (await Rent(fresh) is { } rented)
            {
                if (await Ask(rented.Worker, request, _options.TimeMax - _clock.GetElapsedTime(since)) is { } reply)
                    return reply;
                // A worker may have died of something else, but a new one has had no other picture.
                if (rented.Fresh)
                    return new ImageReply.Refused(ImageFault.Corrupt, "The image is damaged and cannot be decoded.");
                fresh = true;
            }

            return new ImageReply.Unavailable();
        }
        finally
        {
            _permits.Release();
        }
    }

    /// <summary>Null when the process ended instead of answering.</summary>
    private async Task<ImageReply?> Ask(WorkerProcess worker, WorkerRequest request, TimeSpan timeMax)
    {
        // Reading and writing block, and a caller that gives up does not stop them: the time limit does.
        var asking = Task.Run(() => worker.Ask(request), CancellationToken.None);
        try
        {
            var reply = await asking.WaitAsync(timeMax > TimeSpan.Zero ? timeMax : TimeSpan.Zero, _clock);
            Return(worker);
            return reply;
        }
        catch (TimeoutException)
        {
            LogTooSlow(_logger, worker.Id, request.Operation);
            worker.Dispose();
            _ = asking.ContinueWith(ended => ended.Exception, TaskScheduler.Default);
            return new ImageReply.Refused(
                ImageFault.TooCostly,
                $"The image takes longer to decode than the {_options.TimeMax.TotalSeconds:0} s that it is given.");
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException or InvalidOperationException)
        {
            LogEnded(_logger, worker.Id, request.Operation);
            worker.Dispose();
            return null;
        }
    }

    /// <summary>Null when no process can be started.</summary>
    /// <param name="fresh">True for a worker that has had no picture yet.</param>
    private async Task<Rented?> Rent(bool fresh)
    {
        while (!fresh && _idle.TryPop(out var idle))
        {
            if (!idle.HasExited)
                return new Rented(idle, Fresh: false);
            idle.Dispose();
        }

        WorkerProcess? started = null;
        try
        {
            Interlocked.Increment(ref _started);
            started = WorkerProcess.Start(_options.MemoryMaxMiB * MiB);
            if (!await Task.Run(started.WaitUntilReady).WaitAsync(StartMax, _clock) && OperatingSystem.IsLinux())
                LogUnrestricted(_logger);
            return new Rented(started, Fresh: true);
        }
        catch (Exception failure) when (failure is System.ComponentModel.Win32Exception or InvalidOperationException
            or IOException or InvalidDataException or TimeoutException)
        {
            started?.Dispose();
            LogNotStarted(_logger, failure);
            return null;
        }
    }

    private void Return(WorkerProcess worker)
    {
        worker.IdleSince = _clock.GetTimestamp();
        if (worker.HasExited || worker.Pictures >= PicturesMax || worker.Memory > RestingMemoryMax)
            worker.Dispose();
        else
            _idle.Push(worker);
        if (_disposed)
            StopIdle(TimeSpan.Zero);
    }

    /// <param name="idleMax">Workers that have been idle for so long are stopped.</param>
    private void StopIdle(TimeSpan idleMax)
    {
        var kept = new List<WorkerProcess>();
        while (_idle.TryPop(out var worker))
        {
            if (_clock.GetElapsedTime(worker.IdleSince) >= idleMax)
                worker.Dispose();
            else
                kept.Add(worker);
        }

        // The one that was used last is taken next, so that the others come to rest.
        for (var index = kept.Count - 1; index >= 0; index--)
            _idle.Push(kept[index]);
    }

    /// <param name="Fresh">Whether it has had no picture yet.</param>
    private sealed record Rented(WorkerProcess Worker, bool Fresh);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Imaging workers run unrestricted: the system refused")]
    private static partial void LogUnrestricted(ILogger logger);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Imaging worker {Id} was stopped: {Operation} took too long")]
    private static partial void LogTooSlow(ILogger logger, int id, WorkerOperation operation);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Imaging worker {Id} ended during {Operation}")]
    private static partial void LogEnded(ILogger logger, int id, WorkerOperation operation);

    [LoggerMessage(Level = LogLevel.Critical, Message = "No imaging worker can be started: no picture can be decoded")]
    private static partial void LogNotStarted(ILogger logger, Exception failure);
}
