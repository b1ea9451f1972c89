using System.Net;
using System.Net.Sockets;

namespace TryOn.Testing;

public static class FreePort
{
    // Below the ports that the system hands to outgoing connections (Linux: from 32768). While the gateway is down, a
    // client that dials a port from that range may be given the very same one and be connected to itself.
    private const int From = 20_000;
    private const int To = 32_000;

    // A port is free until its process has started, so that none may be found twice: they are looked at in turn.
    private static int _last = Random.Shared.Next(To - From);

    public static int Find()
    {
        while (true)
        {
            var port = From + (int)((uint)Interlocked.Increment(ref _last) % (To - From));
            using var probe = new TcpListener(IPAddress.Loopback, port);
            try
            {
                probe.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken.
            }
        }
    }
}
