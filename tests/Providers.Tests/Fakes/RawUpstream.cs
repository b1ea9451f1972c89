using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TryOn.Providers.Tests.Fakes;

/// <summary>A server on raw sockets, which reads a whole request and can then break the connection.</summary>
public sealed class RawUpstream : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<int, Socket, Task> _behave;
    private readonly Task _serving;
    private int _requests;
    private int _connections;

    /// <param name="behave">Called with the number of the request, from 1, once its whole body has arrived.</param>
    public RawUpstream(Func<int, Socket, Task> behave)
    {
        _behave = behave;
        _listener.Start();
        _serving = Serve();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string Address => $"http://127.0.0.1:{Port}";

    public int Requests => _requests;

    public int Connections => _connections;

    public static Task Answer(Socket socket, string head, string body = "") =>
        socket.SendAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {head}\r\n\r\n{body}"));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task Serve()
    {
        var conversations = new List<Task>();
        try
        {
            while (true)
                conversations.Add(Converse(await _listener.AcceptSocketAsync(_stop.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(conversations);
        }
    }

    private async Task Converse(Socket socket)
    {
        using var closing = socket;
        Interlocked.Increment(ref _connections);
        try
        {
            while (await ReadRequest(socket))
                await _behave(Interlocked.Increment(ref _requests), socket);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The client or the test closed the connection.
        }
    }

    private async Task<bool> ReadRequest(Socket socket)
    {
        var text = new StringBuilder();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var read = await socket.ReceiveAsync(buffer, _stop.Token);
            if (read == 0)
                return false;
            text.Append(Encoding.Latin1.GetString(buffer, 0, read));
            if (Whole(text.ToString()))
                return true;
        }
    }

    private static bool Whole(string request)
    {
        var head = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (head < 0)
            return false;
        var length = request[..head].Split("\r\n")
            .Where(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
            .Select(line => int.Parse(line.AsSpan(15)))
            .FirstOrDefault();
        return request.Length >= head + 4 + length;
    }
}
