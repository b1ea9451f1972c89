using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TryOn.Testing;

/// <summary>
/// A TCP proxy between a client and the gateway whose connections a test can break. It knows nothing of HTTP: a
/// connection is reset in the middle of a transfer and never closed in an orderly way.
/// </summary>
public sealed class CutProxy : IAsyncDisposable
{
    private const int BufferBytes = 16 * 1024;

    private readonly TcpListener _listener = new(IPAddress.Loopback, port: 0);
    private readonly CancellationTokenSource _over = new();
    private readonly ConcurrentDictionary<Socket, bool> _open = new();
    private readonly Task _accepting;
    private string? _cutAfter;
    private int _cuts;

    private CutProxy()
    {
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _accepting = Accept();
    }

    public Uri Address { get; }

    /// <summary>The gateway's address. May be set after the proxy has started.</summary>
    public Uri Target { get; set; } = null!;

    /// <summary>While true, new connections are reset.</summary>
    public bool Down { get; set; }

    /// <summary>How many connections were reset.</summary>
    public int Cuts => _cuts;

    public static CutProxy Start(Uri? target = null) => new() { Target = target! };

    /// <summary>Resets every connection, once, after this text has passed to a client.</summary>
    public void CutAfter(string text) => Volatile.Write(ref _cutAfter, text);

    public void Cut()
    {
        foreach (var socket in _open.Keys.Where(socket => _open.TryRemove(socket, out _)))
        {
            Interlocked.Increment(ref _cuts);
            Reset(socket);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        _listener.Dispose();
        Cut();
        await _accepting;
        _over.Dispose();
    }

    private async Task Accept()
    {
        try
        {
            while (true)
                _ = Serve(await _listener.AcceptSocketAsync(_over.Token));
        }
        catch (Exception stopped) when (
            stopped is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task Serve(Socket client)
    {
        if (Down)
        {
            Reset(client);
            return;
        }

        using var gateway = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await gateway.ConnectAsync(Target.Host, Target.Port);
            _open[client] = true;
            await Task.WhenAny(Pump(client, gateway, received: null), Pump(gateway, client, new StringBuilder()));
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // One side has closed its connection; the other is closed below.
        }

        if (_open.TryRemove(client, out _))
            client.Dispose();
    }

    private async Task Pump(Socket from, Socket to, StringBuilder? received)
    {
        var buffer = new byte[BufferBytes];
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and var count)
            {
                await to.SendAsync(buffer.AsMemory(0, count));
                CutIfSeen(received, buffer.AsSpan(0, count));
            }
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // One side has closed its connection.
        }
    }

    private void CutIfSeen(StringBuilder? received, ReadOnlySpan<byte> passed)
    {
        if (received is null || Volatile.Read(ref _cutAfter) is not { } text)
            return;
        if (received.Append(Encoding.Latin1.GetString(passed)).ToString().Contains(text, StringComparison.Ordinal)
            && Interlocked.CompareExchange(ref _cutAfter, null, text) == text)
        {
            Cut();
        }
    }

    /// <summary>Sends RST instead of FIN, as when a machine crashes.</summary>
    private static void Reset(Socket socket)
    {
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Dispose();
    }
}
