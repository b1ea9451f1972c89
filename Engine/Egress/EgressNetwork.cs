using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace TryOn.Engine.Egress;

// The fetcher's only access to the network. Connect is only called with addresses that were checked.
public sealed record EgressNetwork(
    Func<string, CancellationToken, ValueTask<IReadOnlyList<IPAddress>>> Resolve,
    Func<IPEndPoint, CancellationToken, ValueTask<Stream>> Connect)
{
    // Root certificates to trust instead of the system's, for a network with its own authority; null for the system's.
    public X509Certificate2Collection? Issuers { get; init; }

    public static EgressNetwork Real { get; } = new(ResolveByDns, ConnectByTcp);

    private static async ValueTask<IReadOnlyList<IPAddress>> ResolveByDns(
        string host,
        CancellationToken cancellation) =>
        await Dns.GetHostAddressesAsync(host, cancellation);

    [SuppressMessage("Reliability", "CA2000:Dispose objects", Justification = "The stream owns it.")]
    private static async ValueTask<Stream> ConnectByTcp(IPEndPoint endpoint, CancellationToken cancellation)
    {
        var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endpoint, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
