using System.Net.WebSockets;

namespace TryOn.Api.Progress;

/// <summary>
/// Reads a client's side of a stream on which clients send nothing but a close and an occasional ping. A client that
/// sends more is disconnected.
/// </summary>
public static class SocketReceiver
{
    private const int MessageBytesMax = 4096;
    private const int MessagesMax = 200;

    /// <returns>The code to disconnect the client with; null once it has closed the connection itself.</returns>
    public static async Task<WebSocketCloseStatus?> Listen(WebSocket socket, CancellationToken cancellation)
    {
        var buffer = new byte[MessageBytesMax];
        for (var messages = 0; messages < MessagesMax; messages++)
        {
            var message = await socket.ReceiveAsync(buffer, cancellation);
            if (message.MessageType == WebSocketMessageType.Close)
                return null;
            if (!message.EndOfMessage)
                return WebSocketCloseStatus.MessageTooBig;
        }

        return SocketCodes.TooMany;
    }
}
