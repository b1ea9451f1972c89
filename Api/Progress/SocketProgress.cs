using System.Net.WebSockets;
using System.Text.Json;

namespace TryOn.Api.Progress;

/// <summary>Writes a job's progress to a WebSocket, and ends it with a code that says whether to come back.</summary>
public sealed class SocketProgress(WebSocket socket, ProgressWords words, JsonSerializerOptions json, TimeProvider clock)
{
    /// <summary>Scripts in a browser cannot see a protocol ping, so they are sent one they can.</summary>
    private static readonly TimeSpan PingAfter = TimeSpan.FromSeconds(15);

    /// <summary>A client that takes nothing for so long has gone, or will resume.</summary>
    private static readonly TimeSpan WriteMax = TimeSpan.FromSeconds(10);

    private long _written = clock.GetTimestamp();

    /// <returns>The code to close with.</returns>
    public async Task<WebSocketCloseStatus> Write(IAsyncEnumerable<ProgressUpdate> updates, CancellationToken cancellation)
    {
        await foreach (var update in updates.WithCancellation(cancellation))
        {
            if (words.Of(update) is { } message)
                await Send(message, cancellation);
            else if (clock.GetElapsedTime(_written) >= PingAfter)
                await Send(new ProgressMessage("ping", update.Seq), cancellation);
            if (update.Ends)
                return SocketCodes.Of(update.Kind);
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

/// <summary>Close codes: RFC 6455, section 7.4, and 4000 and up for what HTTP would have said.</summary>
public static class SocketCodes
{
    public const WebSocketCloseStatus GoingAway = WebSocketCloseStatus.EndpointUnavailable;
    public const WebSocketCloseStatus Unauthorized = (WebSocketCloseStatus)4401;
    public const WebSocketCloseStatus TooMany = (WebSocketCloseStatus)4429;

    public static WebSocketCloseStatus Of(ProgressKind end) => end switch
    {
        ProgressKind.Revoked => Unauthorized,
        ProgressKind.Leaving => GoingAway,
        _ => WebSocketCloseStatus.NormalClosure,
    };

    public static string Say(WebSocketCloseStatus code) => code switch
    {
        Unauthorized => "The API key is no longer valid.",
        GoingAway => "The server is going away. Connect again.",
        TooMany => "Too many messages.",
        WebSocketCloseStatus.MessageTooBig => "A message is too long.",
        _ => "",
    };
}
