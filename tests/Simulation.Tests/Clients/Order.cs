using System.Collections.Immutable;
using TryOn.Core.Jobs;
using TryOn.Simulation.Tests.Upstreams;

namespace TryOn.Simulation.Tests.Clients;

/// <summary>A request as a client sends it, again and again until it is answered.</summary>
/// <param name="Key">Its idempotency key.</param>
/// <param name="Contested">True when the key is used for another request as well, so that one of the two is refused.</param>
internal sealed record Order(
    string Account, string Key, string Fingerprint, long Credits, UpstreamKind Upstream, bool Contested)
{
    /// <summary>Other models at other upstreams, at prices of their own.</summary>
    public ImmutableList<Route> Fallbacks { get; init; } = [];

    /// <summary>Whether somebody is to be told of the end.</summary>
    public bool Webhook { get; init; }

    /// <summary>Set once a client has been told that the job exists.</summary>
    public JobView? Answer { get; set; }
}
