using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace TryOn.Api.Tests.Errors;

/// <summary>Sends a body while it reads the answer, as curl does, even if the server stops reading.</summary>
public static class RawCall
{
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(20);
    private static readonly byte[] Blanks = [.. Enumerable.Repeat((byte)' ', 256 * 1024)];

    /// <param name="headers">The headers; each letter is sent as one byte.</param>
    /// <param name="start">The start of the body, which is padded with blanks to its length.</param>
    /// <param name="stalls">True to send the start of the body and nothing more.</param>
    public static async Task<Reply> Post(
        Uri address, string path, string headers, string start, long bytes, bool chunked, bool stalls = false)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(address.Host, address.Port);
        var stream = socket.GetStream();
        var framing = chunked ? "Transfer-Encoding: chunked" : $"Content-Length: {bytes}";
        await stream.WriteAsync(Encoding.Latin1.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: {address.Authority}\r\n{headers}\r\n{framing}\r\n\r\n"));
        var sending = Send(stream, start, stalls ? start.Length : bytes, chunked);
        var reply = await Read(stream).WaitAsync(AnswerMax, TimeProvider.System);
        socket.Close();
        await sending;
        return reply;
    }

    private static async Task Send(NetworkStream stream, string start, long bytes, bool chunked)
    {
        try
        {
            var piece = Encoding.ASCII.GetBytes(start);
            for (var sent = 0L; sent < bytes; sent += piece.Length, piece = Blanks)
                await stream.WriteAsync(chunked ? Chunk(piece) : piece);
        }
        catch (Exception unwanted) when (unwanted is IOException or ObjectDisposedException)
        {
            // The gateway has closed the connection; its answer has been read before.
        }
    }

    private static byte[] Chunk(byte[] piece) =>
        [.. Encoding.ASCII.GetBytes($"{piece.Length:x}\r\n"), .. piece, .. "\r\n"u8];

    private static async Task<Reply> Read(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8, leaveOpen: true);
        var status = (await reader.ReadLineAsync())!.Split(' ')[1];
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (await reader.ReadLineAsync() is { Length: > 0 } line)
        {
            var (name, value) = line.Split(':', 2) is [var before, var after] ? (before, after.Trim()) : (line, "");
            headers[name] = value;
        }

        return new Reply(int.Parse(status), headers, Encoding.UTF8.GetBytes(await Body(reader, headers)));
    }

    private static async Task<string> Body(StreamReader reader, Dictionary<string, string> headers)
    {
        var length = headers.TryGetValue("Content-Length", out var stated)
            ? int.Parse(stated)
            : int.Parse((await reader.ReadLineAsync())!, NumberStyles.HexNumber);
        var text = new char[length];
        return new string(text, 0, await reader.ReadBlockAsync(text));
    }
}
