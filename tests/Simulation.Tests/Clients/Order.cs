using System.Collections.Immutable;
using TryOn.Core.Jobs;
using TryOn.Simulation.Tests.Upstreams;

namespace TryOn.Simulation.Tests.Clients;

/// <summary>A request that a client repeats until it is answered.</summary>
/// <param name="Key">Its idempotency key.</param>
/// <param name="Contested">True when the key is used for another request as well, so that one of the two is
/// refused.</param>
internal sealed record Order(
    string Account, string Key, string Fingerprint, long Credits, UpstreamKind Upstream, bool Contested)
{
    /// <summary>Models at other upstreams, each with its own price.</summary>
    public ImmutableList<Route> Fallbacks { get; init; } = [];

    /// <summary>Whether a webhook is to be sent at the end.</summary>
    public bool Webhook { get; init; }

    /// <summary>Set once a client has been answered that the job exists.</summary>
    public JobView? Answer { get; set; }
}
