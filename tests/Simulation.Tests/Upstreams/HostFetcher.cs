using TryOn.Core.Egress;
using TryOn.Core.Jobs;
using TryOn.Simulation.Tests.Hosts;
using TryOn.Simulation.Tests.Storage;

namespace TryOn.Simulation.Tests.Upstreams;

/// <summary>Downloads results over a connection that may break.</summary>
internal sealed class HostFetcher(World world, Host host) : IFetcher
{
    public async ValueTask<FetchResult> Fetch(Uri address, FetchPolicy policy, CancellationToken cancellation)
    {
        var upstream = world.Upstreams.First(one => address.Host.StartsWith(one.Name, StringComparison.Ordinal));
        var id = address.AbsolutePath[1..];
        await Wait.For(world, host, 5, 500);
        if (world.Fault(world.Traits.PictureFaults))
            return TimedOut(upstream.AttemptOf(id));
        return new FetchResult.Fetched(upstream.Download(id), "image/png");
    }

    private FetchResult.Refused TimedOut(string attemptId)
    {
        if (AttemptId.TryRead(attemptId, out var jobId, out var number))
            host.Echoes.Heard(jobId, new JobCommand.StoreFailed(number));
        return new FetchResult.Refused(FetchFailure.TimedOut);
    }
}

internal static class SimulatedPicture
{
    /// <summary>One grey pixel.</summary>
    public static byte[] Png { get; } = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==");

    public static byte[] Garbage { get; } = "<html>sorry</html>"u8.ToArray();
}
