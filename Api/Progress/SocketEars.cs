using System.Net.WebSockets;

namespace TryOn.Api.Progress;

/// <summary>
/// Hears what a client says on a stream on which it has nothing to say: its close, which answers ours or comes first, and
/// a ping or two. Whoever says more is cut off.
/// </summary>
public static class SocketEars
{
    private const int MessageBytesMax = 4096;
    private const int MessagesMax = 200;

    /// <returns>Why the client must be cut off; null once it has closed.</returns>
    public static async Task<WebSocketCloseStatus?> Listen(WebSocket socket, CancellationToken cancellation)
    {
        var buffer = new byte[MessageBytesMax];
        for (var messages = 0; messages < MessagesMax; messages++)
        {
            var heard = await socket.ReceiveAsync(buffer, cancellation);
            if (heard.MessageType == WebSocketMessageType.Close)
                return null;
            if (!heard.EndOfMessage)
                return WebSocketCloseStatus.MessageTooBig;
        }

        return SocketCodes.TooMany;
    }
}
