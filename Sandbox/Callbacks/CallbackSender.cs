using System.Collections.Concurrent;
using System.Net.Http.Headers;
using TryOn.Sandbox.Faults;
using TryOn.Sandbox.Logs;
using TryOn.Sandbox.Wire;

namespace TryOn.Sandbox.Callbacks;

/// <summary>
/// Posts callbacks as tasks change: those of one task in order, each once, and only to this machine. Callbacks that are
/// not due when the server stops are dropped.
/// </summary>
public sealed class CallbackSender(FaultStore faults, SandboxLog log, TimeProvider clock) : IHostedService, IDisposable
{
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<Task, bool> _running = new();
    private readonly HttpMessageInvoker _http = new(
        new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false });

    /// <param name="entry">The log entry of the submit.</param>
    public void Schedule(SandboxLogEntry entry, IReadOnlyList<PlannedCallback> callbacks)
    {
        if (callbacks.Count == 0)
            return;
        var posts = CallbackFaults.Apply(faults.Take(entry.Provider, Operation.Callback), callbacks);
        var running = Run(entry, posts);
        _running[running] = true;
        _ = running.ContinueWith(ended => _running.TryRemove(ended, out _), TaskScheduler.Default);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_running.Keys);
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _http.Dispose();
    }

    private async Task Run(SandboxLogEntry entry, IReadOnlyList<PlannedCallback> posts)
    {
        // Lets the submit be answered first.
        await Task.Yield();
        try
        {
            foreach (var post in posts)
            {
                var wait = post.At - clock.GetUtcNow();
                await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, clock, _stopping.Token);
                await Post(entry, post);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private async Task Post(SandboxLogEntry submit, PlannedCallback callback)
    {
        var body = callback.Body();
        var status = LoopbackAddress(callback.Address) is { } address ? await Send(address, callback, body) : null;
        log.Write(submit with
        {
            At = clock.GetUtcNow(),
            Operation = Operation.Callback,
            Outcome = status is null ? Outcome.DroppedBefore : status is >= 200 and <= 299 ? Outcome.Accepted
                : Outcome.Refused,
            BodySha256 = Submission.Hash(body),
            HumanSha256 = null,
            Answered = status is not null,
        });
    }

    private async Task<int?> Send(Uri address, PlannedCallback callback, ReadOnlyMemory<byte> body)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post, address) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        callback.Signature?.Sign(request.Headers, body.Span, clock.GetUtcNow());
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        deadline.CancelAfter(ResponseTimeout);
        try
        {
            using var response = await _http.SendAsync(request, deadline.Token);
            return (int)response.StatusCode;
        }
        catch (Exception failure) when (failure is HttpRequestException || !_stopping.IsCancellationRequested)
        {
            return null;
        }
    }

    private static Uri? LoopbackAddress(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.IsLoopback && uri.Scheme is "http" or "https"
            ? uri
            : null;
}
