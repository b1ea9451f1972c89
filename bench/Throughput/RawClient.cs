using System.Net.Sockets;
using System.Text;

namespace TryOn.Throughput;

/// <summary>
/// One connection that repeats the same request. It shares two cores with the measured process, so it does the minimum
/// of an HTTP/1.1 client: one write, then reads until the response is complete.
/// </summary>
internal sealed class RawClient : IDisposable
{
    private static readonly byte[] LastChunk = "\r\n0\r\n\r\n"u8.ToArray();

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _answer = new byte[64 * 1024];

    public static byte[] Post(Uri address, string path, string bearer, string json) => Encoding.ASCII.GetBytes(
        $"POST {path} HTTP/1.1\r\nHost: {address.Authority}\r\nAuthorization: Bearer {bearer}\r\n"
        + $"Content-Type: application/json\r\nContent-Length: {json.Length}\r\n\r\n{json}");

    public Task Connect(Uri address) => _socket.ConnectAsync(address.Host, address.Port);

    /// <summary>Returns the status once the whole response has arrived.</summary>
    public async Task<int> Send(ReadOnlyMemory<byte> request)
    {
        await _socket.SendAsync(request);
        var length = 0;
        do
        {
            var more = await _socket.ReceiveAsync(_answer.AsMemory(length));
            if (more == 0)
                throw new IOException("The connection was closed before the response was complete.");
            length += more;
        }
        while (!IsComplete(_answer.AsSpan(0, length)));
        return int.Parse(_answer.AsSpan("HTTP/1.1 ".Length, 3));
    }

    public void Dispose() => _socket.Dispose();

    private static bool IsComplete(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0)
            return false;
        var stated = answer[..head].IndexOf("Content-Length: "u8);
        if (stated < 0)
            return answer.EndsWith(LastChunk);
        var digits = answer[(stated + "Content-Length: ".Length)..];
        return answer.Length - head - 4 >= int.Parse(digits[..digits.IndexOf((byte)'\r')]);
    }
}
