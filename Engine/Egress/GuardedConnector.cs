using System.Net;
using System.Net.Sockets;
using TryOn.Core.Egress;

namespace TryOn.Engine.Egress;

// Resolves once, checks every address, and connects to a checked address. A second DNS query between the check and the
// connect could return a different address.
internal sealed class GuardedConnector(TimeProvider time, EgressNetwork network)
{
    private static readonly TimeSpan ConnectTimeMax = TimeSpan.FromSeconds(3);

    public async ValueTask<Stream> Connect(EgressTarget target, EgressRules rules, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(ConnectTimeMax, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        try
        {
            var addresses = await Resolve(target.Host, either.Token);
            if (addresses.Count == 0) throw new EgressRefusedException(FetchFailure.Unresolved);

            // One forbidden address rejects the host: a legitimate name does not mix public and private addresses.
            if (addresses.Any(address => !rules.Permits(target, address)))
                throw new EgressRefusedException(FetchFailure.ForbiddenAddress);

            return await ConnectToFirst(addresses, target.Port, either.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new EgressRefusedException(FetchFailure.TimedOut);
        }
    }

    private async ValueTask<IReadOnlyList<IPAddress>> Resolve(string host, CancellationToken cancellation)
    {
        if (LiteralAddress.Parse(host) is { } literal) return [literal];

        try
        {
            return await network.Resolve(host, cancellation);
        }
        catch (Exception failure) when (failure is SocketException or ArgumentException)
        {
            return [];
        }
    }

    private async ValueTask<Stream> ConnectToFirst(
        IReadOnlyList<IPAddress> addresses,
        int port,
        CancellationToken cancellation)
    {
        foreach (var address in addresses)
        {
            try
            {
                return await network.Connect(new IPEndPoint(PublicAddress.Unmapped(address), port), cancellation);
            }
            catch (SocketException)
            {
                // Try the next address; if none connects, the host is unreachable.
            }
        }

        throw new EgressRefusedException(FetchFailure.Unreachable);
    }
}
