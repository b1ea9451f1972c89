using System.Net.WebSockets;

namespace TryOn.Api.Progress;

/// <summary>One WebSocket connection from its upgrade to the closing handshake.</summary>
public sealed class SocketSession(WebSocket socket, SocketProgress progress, TimeProvider clock)
{
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Runs until everything has been sent, or the client disconnects or sends too much.</summary>
    public async Task Run(
        Func<CancellationToken, IAsyncEnumerable<ProgressUpdate>> updates, CancellationToken cancellation)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var sending = progress.Write(updates(ending.Token), ending.Token);
        var receiving = SocketReceiver.Listen(socket, ending.Token);
        try
        {
            await Close(sending, receiving, ending.Token);
        }
        catch (Exception gone) when (
            gone is WebSocketException or OperationCanceledException or TimeoutException or IOException)
        {
            // The connection is gone, so no close code can be sent.
        }

        await ending.CancelAsync();
        socket.Abort();
        await Task.WhenAll(IgnoreErrors(sending), IgnoreErrors(receiving));
    }

    private async Task Close(
        Task<WebSocketCloseStatus> sending, Task<WebSocketCloseStatus?> receiving, CancellationToken cancellation)
    {
        var first = await Task.WhenAny(sending, receiving);
        var code = first == sending ? await sending : await receiving ?? WebSocketCloseStatus.NormalClosure;
        if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            await socket.CloseOutputAsync(code, SocketCodes.Reason(code), cancellation)
                .WaitAsync(CloseTimeout, clock, cancellation);
        if (first == sending)
            await receiving.WaitAsync(CloseTimeout, clock, cancellation);
    }

    private static Task IgnoreErrors(Task task) => task.ContinueWith(
        static done => done.Exception, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
}
