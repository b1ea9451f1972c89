using System.Net;
using System.Net.Sockets;
using TryOn.Core.Egress;

namespace TryOn.Engine.Egress;

/// <summary>
/// Connects to whichever of a name's addresses answers first: each has a head start over the next one, so that one
/// silent address does not use up the time of all (RFC 8305, section 5).
/// </summary>
public sealed class AddressRace(TimeProvider time, EgressNetwork network)
{
    /// <summary>As recommended by RFC 8305, section 8.</summary>
    private static readonly TimeSpan HeadStart = TimeSpan.FromMilliseconds(250);

    /// <summary>Null when none of them can be connected to.</summary>
    /// <param name="addresses">Each of them has been checked.</param>
    public async ValueTask<Stream?> Connect(
        IReadOnlyList<IPAddress> addresses, int port, CancellationToken cancellation)
    {
        var others = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var waiting = new Queue<IPAddress>(InTurn(addresses));
        var running = new List<Task<Stream>>();
        try
        {
            while (waiting.Count + running.Count > 0)
            {
                if (waiting.TryDequeue(out var address)) running.Add(Try(address, port, others.Token));
                if (await First(running, waiting.Count > 0, others.Token) is { } stream) return stream;
            }
        }
        finally
        {
            await others.CancelAsync();
            _ = Drop(running, others);
        }

        return null;
    }

    /// <summary>The first connection; null when an attempt failed, or when it is time for the next address.</summary>
    private async ValueTask<Stream?> First(List<Task<Stream>> running, bool more, CancellationToken cancellation)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var pause = Task.Delay(more ? HeadStart : Timeout.InfiniteTimeSpan, time, over.Token);
        var ended = await Task.WhenAny([pause, .. running]);
        await over.CancelAsync();
        cancellation.ThrowIfCancellationRequested();
        if (ended is not Task<Stream> attempt) return null;

        running.Remove(attempt);
        try
        {
            return await attempt;
        }
        catch (SocketException)
        {
            return null;
        }
    }

    private async Task<Stream> Try(IPAddress address, int port, CancellationToken cancellation) =>
        await network.Connect(new IPEndPoint(PublicAddress.Unmapped(address), port), cancellation);

    /// <summary>Nobody waits for attempts that were given up; a connection that comes too late is closed.</summary>
    private static async Task Drop(List<Task<Stream>> late, CancellationTokenSource given)
    {
        using var source = given;
        foreach (var attempt in late)
        {
            try
            {
                await (await attempt).DisposeAsync();
            }
            catch (Exception failure) when (failure is IOException or SocketException or OperationCanceledException)
            {
                // It never came about.
            }
        }
    }

    /// <summary>The families take turns (RFC 8305, section 4): one that is cut off costs one turn.</summary>
    private static IEnumerable<IPAddress> InTurn(IReadOnlyList<IPAddress> addresses) => addresses
        .GroupBy(address => PublicAddress.Unmapped(address).AddressFamily)
        .SelectMany((family, place) => family.Select((address, turn) => (address, turn, place)))
        .OrderBy(one => one.turn).ThenBy(one => one.place).Select(one => one.address);
}
