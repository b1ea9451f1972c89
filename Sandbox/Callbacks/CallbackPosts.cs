using System.Collections.Concurrent;
using System.Net.Http.Headers;
using TryOn.Sandbox.Exchanges;
using TryOn.Sandbox.Faults;
using TryOn.Sandbox.Witness;

namespace TryOn.Sandbox.Callbacks;

/// <summary>
/// Posts callbacks as tasks change: each task's in order, once, and to this machine only. None outlives the server: those
/// that are not due when it stops are dropped.
/// </summary>
public sealed class CallbackPosts(FaultStore faults, WitnessLog log, TimeProvider clock) : IHostedService, IDisposable
{
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<Task, bool> _running = new();
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false });

    /// <param name="entry">What the log says of the submit.</param>
    public void Order(WitnessEntry entry, IReadOnlyList<CallbackOrder> orders)
    {
        if (orders.Count == 0)
            return;
        var posts = CallbackFaults.Applied(faults.Take(entry.Provider, Operation.Callback), orders);
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

    private async Task Run(WitnessEntry entry, IReadOnlyList<CallbackOrder> posts)
    {
        // The submit is to be answered first.
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

    private async Task Post(WitnessEntry submit, CallbackOrder order)
    {
        var body = order.Body();
        var status = Local(order.Address) is { } address ? await Send(address, order, body) : null;
        log.Write(submit with
        {
            At = clock.GetUtcNow(),
            Operation = Operation.Callback,
            Outcome = status is null ? Outcome.DroppedBefore : status is >= 200 and <= 299 ? Outcome.Accepted : Outcome.Refused,
            BodySha256 = Submission.Hash(body),
            HumanSha256 = null,
            Answered = status is not null,
        });
    }

    private async Task<int?> Send(Uri address, CallbackOrder order, ReadOnlyMemory<byte> body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        order.Signature?.Sign(request.Headers, body.Span, clock.GetUtcNow());
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        deadline.CancelAfter(AnswerMax);
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

    private static Uri? Local(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.IsLoopback && uri.Scheme is "http" or "https" ? uri : null;
}
