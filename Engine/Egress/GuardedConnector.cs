using System.Net;
using System.Net.Sockets;
using TryOn.Core.Egress;

namespace TryOn.Engine.Egress;

// Resolves once, checks every address, and connects to a checked address. A second DNS query between the check and the
// connect could return a different address.
internal sealed class GuardedConnector(TimeProvider time, EgressNetwork network)
{
    private static readonly TimeSpan ConnectTimeMax = TimeSpan.FromSeconds(3);

    private readonly AddressRace _race = new(time, network);

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

            return await _race.Connect(addresses, target.Port, either.Token)
                ?? throw new EgressRefusedException(FetchFailure.Unreachable);
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
}
