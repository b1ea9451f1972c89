using System.Net;
using System.Net.Sockets;

namespace TryOn.Testing;

public static class FreePort
{
    // Below the ports that the system hands to outgoing connections (Linux: from 32768). While the gateway is down, a
    // client that connects to a port of that range may be given the same port as its own and connect to itself.
    private const int From = 20_000;
    private const int To = 32_000;

    // A port counts as free until the process that gets it has started, so each call must look at another port. Test
    // processes that run at the same time begin at different ones.
    private static int _last = Environment.ProcessId * 97 % (To - From);

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
