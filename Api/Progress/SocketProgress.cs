using System.Net.WebSockets;
using System.Text.Json;

namespace TryOn.Api.Progress;

/// <summary>Writes a job's progress to a WebSocket, and closes it with a code that says whether to reconnect.</summary>
public sealed class SocketProgress(
    WebSocket socket, ProgressRenderer messages, JsonSerializerOptions json, TimeProvider clock)
{
    /// <summary>Scripts in a browser cannot see protocol pings, so a ping message is sent as well.</summary>
    private static readonly TimeSpan PingAfter = TimeSpan.FromSeconds(15);

    /// <summary>A client that reads nothing for this long is gone or will resume.</summary>
    private static readonly TimeSpan WriteMax = TimeSpan.FromSeconds(10);

    private long _written = clock.GetTimestamp();

    /// <returns>The code to close with.</returns>
    public async Task<WebSocketCloseStatus> Write(
        IAsyncEnumerable<ProgressUpdate> updates, CancellationToken cancellation)
    {
        await foreach (var update in updates.WithCancellation(cancellation))
        {
            if (messages.Render(update) is { } message)
                await Send(message, cancellation);
            else if (clock.GetElapsedTime(_written) >= PingAfter)
                await Send(new ProgressMessage("ping", update.Seq), cancellation);
            if (update.Ends)
                return SocketCodes.ForEnd(update.Kind);
        }

        return WebSocketCloseStatus.NormalClosure;
    }

    private async Task Send(ProgressMessage message, CancellationToken cancellation)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(message, json);
        var sending = socket.SendAsync(bytes, WebSocketMessageType.Text, endOfMessage: true, cancellation);
        await sending.WaitAsync(WriteMax, clock, cancellation);
        _written = clock.GetTimestamp();
    }
}

/// <summary>Close codes of RFC 6455, section 7.4, and codes from 4000 up that correspond to HTTP statuses.</summary>
public static class SocketCodes
{
    public const WebSocketCloseStatus GoingAway = WebSocketCloseStatus.EndpointUnavailable;
    public const WebSocketCloseStatus Unauthorized = (WebSocketCloseStatus)4401;
    public const WebSocketCloseStatus TooMany = (WebSocketCloseStatus)4429;

    public static WebSocketCloseStatus ForEnd(ProgressKind end) => end switch
    {
        ProgressKind.Revoked => Unauthorized,
        ProgressKind.ShuttingDown => GoingAway,
        _ => WebSocketCloseStatus.NormalClosure,
    };

    public static string Reason(WebSocketCloseStatus code) => code switch
    {
        Unauthorized => "The API key is no longer valid.",
        GoingAway => "The server is going away. Connect again.",
        TooMany => "Too many messages.",
        WebSocketCloseStatus.MessageTooBig => "A message is too long.",
        _ => "",
    };
}
