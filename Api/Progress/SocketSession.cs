using System.Net.WebSockets;

namespace TryOn.Api.Progress;

/// <summary>One WebSocket from its upgrade to a close that both sides see.</summary>
public sealed class SocketSession(WebSocket socket, SocketProgress progress, TimeProvider clock)
{
    private static readonly TimeSpan GoodbyeMax = TimeSpan.FromSeconds(5);

    /// <summary>Until all is told, or the client has gone or says too much.</summary>
    public async Task Run(
        Func<CancellationToken, IAsyncEnumerable<ProgressUpdate>> updates, CancellationToken cancellation)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var told = progress.Write(updates(over.Token), over.Token);
        var heard = SocketEars.Listen(socket, over.Token);
        try
        {
            await Close(told, heard, over.Token);
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or TimeoutException or IOException)
        {
            // There is nobody left to tell.
        }

        await over.CancelAsync();
        socket.Abort();
        await Task.WhenAll(Quiet(told), Quiet(heard));
    }

    private async Task Close(Task<WebSocketCloseStatus> told, Task<WebSocketCloseStatus?> heard, CancellationToken cancellation)
    {
        var first = await Task.WhenAny(told, heard);
        var code = first == told ? await told : await heard ?? WebSocketCloseStatus.NormalClosure;
        if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            await socket.CloseOutputAsync(code, SocketCodes.Say(code), cancellation).WaitAsync(GoodbyeMax, clock, cancellation);
        if (first == told)
            await heard.WaitAsync(GoodbyeMax, clock, cancellation);
    }

    private static Task Quiet(Task task) => task.ContinueWith(
        static done => done.Exception, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
}
