using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TryOn.Testing;

/// <summary>
/// A network between a client and the gateway that can be pulled out. It knows nothing of HTTP: what passes is cut in the
/// middle, as in a tunnel, and is never closed as a server would close it.
/// </summary>
public sealed class CutProxy : IAsyncDisposable
{
    private const int BufferBytes = 16 * 1024;

    private readonly TcpListener _listener = new(IPAddress.Loopback, port: 0);
    private readonly CancellationTokenSource _over = new();
    private readonly ConcurrentDictionary<Socket, bool> _open = new();
    private readonly Task _accepting;
    private string? _last;
    private int _cuts;

    private CutProxy()
    {
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _accepting = Accept();
    }

    public Uri Address { get; }

    /// <summary>The gateway; may be known only after the proxy's own address is.</summary>
    public Uri Target { get; set; } = null!;

    /// <summary>Nobody gets through.</summary>
    public bool Down { get; set; }

    /// <summary>Connections that were cut.</summary>
    public int Cuts => _cuts;

    public static CutProxy Start(Uri? target = null) => new() { Target = target! };

    /// <summary>Cuts everything, once, after these words have passed to a client.</summary>
    public void CutAfter(string words) => Volatile.Write(ref _last, words);

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
        catch (Exception stopped) when (stopped is OperationCanceledException or ObjectDisposedException or SocketException)
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
            await Task.WhenAny(Pump(client, gateway, heard: null), Pump(gateway, client, new StringBuilder()));
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // Either side has gone; the other is let go as well.
        }

        if (_open.TryRemove(client, out _))
            client.Dispose();
    }

    private async Task Pump(Socket from, Socket to, StringBuilder? heard)
    {
        var buffer = new byte[BufferBytes];
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and var count)
            {
                await to.SendAsync(buffer.AsMemory(0, count));
                Listen(heard, buffer.AsSpan(0, count));
            }
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // As above.
        }
    }

    private void Listen(StringBuilder? heard, ReadOnlySpan<byte> passed)
    {
        if (heard is null || Volatile.Read(ref _last) is not { } words)
            return;
        if (heard.Append(Encoding.Latin1.GetString(passed)).ToString().Contains(words, StringComparison.Ordinal)
            && Interlocked.CompareExchange(ref _last, null, words) == words)
        {
            Cut();
        }
    }

    /// <summary>Without a goodbye, as when a machine is gone.</summary>
    private static void Reset(Socket socket)
    {
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Dispose();
    }
}
