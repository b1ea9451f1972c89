using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;

namespace TryOn.Throughput;

/// <summary>
/// A watcher on a bare socket. Thousands of them share two cores with the measured process, so they only look for the
/// last message.
/// </summary>
internal sealed class StreamClient : IDisposable
{
    /// <summary>
    /// Receive buffer of a watcher that does not read. It is small, so that the sender is blocked soon.
    /// </summary>
    private const int NonReaderBufferBytes = 2048;

    private readonly Socket _socket = new(
        AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[16 * 1024];
    private int _length;
    private WebSocket? _messages;

    /// <summary>When the last message arrived; null until then.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>Content of the last message.</summary>
    public string End { get; private set; } = "";

    /// <summary>Connects and waits until the response has begun.</summary>
    public async Task Connect(Uri address, string path, string? key, bool socket, bool nonReader = false)
    {
        if (nonReader)
            _socket.ReceiveBufferSize = NonReaderBufferBytes;
        await _socket.ConnectAsync(address.Host, address.Port);
        var upgrade = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: tryon.v1\r\n";
        await _socket.SendAsync(Encoding.ASCII.GetBytes(
            $"GET {path} HTTP/1.1\r\nHost: "
                + $"{address.Authority}\r\n{(key is null ? "" : $"Authorization: Bearer {key}\r\n")}"
            + $"{(socket ? upgrade : "")}\r\n"));
        var head = await Until("\r\n\r\n");
        if (!head.StartsWith(socket ? "HTTP/1.1 101" : "HTTP/1.1 200", StringComparison.Ordinal))
            throw new InvalidOperationException(head);
        if (socket)
            _messages = WebSocket.CreateFromStream(
                new UpgradedStream(this), new WebSocketCreationOptions { SubProtocol = "tryon.v1" });
    }

    public Task Watch() => _messages is null ? WatchEvents() : WatchMessages(_messages);

    /// <summary>
    /// Returns true once the server has closed the connection, discarding whatever is still to be read.
    /// </summary>
    public async Task<bool> WasClosed(CancellationToken cancellation)
    {
        try
        {
            while (await _socket.ReceiveAsync(_buffer, cancellation) > 0)
            {
            }

            return true;
        }
        catch (SocketException)
        {
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        _messages?.Dispose();
        _socket.Dispose();
    }

    private async Task WatchEvents()
    {
        while (EndedAt is null)
        {
            var text = await Until("\n\n");
            if (text.Contains("event: result\n", StringComparison.Ordinal)
                || text.Contains("event: error\n", StringComparison.Ordinal))
                (EndedAt, End) = (TimeProvider.System.GetUtcNow(), text);
        }
    }

    private async Task WatchMessages(WebSocket messages)
    {
        var buffer = new byte[_buffer.Length];
        while (await messages.ReceiveAsync(
            buffer, CancellationToken.None) is { MessageType: not WebSocketMessageType.Close } got)
        {
            var text = Encoding.UTF8.GetString(buffer, 0, got.Count);
            if (text.StartsWith("{\"type\":\"result\"", StringComparison.Ordinal)
                || text.StartsWith("{\"type\":\"error\"", StringComparison.Ordinal))
                (EndedAt, End) = (TimeProvider.System.GetUtcNow(), text);
        }

        await messages.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", CancellationToken.None);
    }

    /// <summary>Returns the received text up to and including a mark.</summary>
    private async Task<string> Until(string mark)
    {
        var bytes = Encoding.ASCII.GetBytes(mark);
        int at;
        while ((at = _buffer.AsSpan(0, _length).IndexOf(bytes)) < 0)
        {
            var more = await _socket.ReceiveAsync(_buffer.AsMemory(_length));
            if (more == 0)
                throw new IOException("The stream was closed before its end.");
            _length += more;
        }

        var text = Encoding.UTF8.GetString(_buffer, 0, at + bytes.Length);
        _length -= at + bytes.Length;
        _buffer.AsSpan(at + bytes.Length, _length).CopyTo(_buffer);
        return text;
    }

    /// <summary>
    /// The connection after its upgrade. It first returns the bytes that arrived with the response to the upgrade.
    /// </summary>
    private sealed class UpgradedStream(StreamClient client) : NetworkStream(client._socket)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (client._length == 0)
                return base.ReadAsync(buffer, cancellationToken);
            var count = Math.Min(buffer.Length, client._length);
            client._buffer.AsSpan(0, count).CopyTo(buffer.Span);
            client._length -= count;
            client._buffer.AsSpan(count, client._length).CopyTo(client._buffer);
            return ValueTask.FromResult(count);
        }
    }
}
