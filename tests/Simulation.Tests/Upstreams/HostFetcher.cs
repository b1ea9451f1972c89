using TryOn.Core.Egress;
using TryOn.Simulation.Tests.Hosts;
using TryOn.Simulation.Tests.Storage;

namespace TryOn.Simulation.Tests.Upstreams;

/// <summary>Downloads results, over a line that breaks.</summary>
internal sealed class HostFetcher(World world, Host host) : IFetcher
{
    public async ValueTask<FetchResult> Fetch(Uri address, FetchPolicy policy, CancellationToken cancellation)
    {
        await Wait.For(world, host, 5, 500);
        if (world.Fault(world.Traits.PictureFaults))
            return new FetchResult.Refused(FetchFailure.TimedOut);
        var upstream = world.Upstreams.First(upstream => address.Host.StartsWith(upstream.Name, StringComparison.Ordinal));
        return new FetchResult.Fetched(upstream.Download(address.AbsolutePath[1..]), "image/png");
    }
}

internal static class SimulatedPicture
{
    /// <summary>One grey pixel.</summary>
    public static byte[] Png { get; } = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==");

    public static byte[] Garbage { get; } = "<html>sorry</html>"u8.ToArray();
}
