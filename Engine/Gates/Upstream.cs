using TryOn.Core.Keys;
using TryOn.Core.Models;
using TryOn.Core.Providers;

namespace TryOn.Engine.Gates;

/// <summary>One upstream account as jobs see it: the provider's adapter and the gate in front of it.</summary>
public sealed record Upstream(ITryOnProvider Provider, IGate Gate);

/// <summary>
/// The configured upstreams. A test account's jobs run on the sandbox and never reach a live upstream; a live account's
/// jobs never reach the sandbox.
/// </summary>
/// <param name="gates">Creates the gates of the live upstreams; null for gates of this process that admit jobs at
/// once.</param>
public sealed class Upstreams(
    IEnumerable<ITryOnProvider> live, IEnumerable<ITryOnProvider> test, TimeProvider? clock = null,
    Func<ITryOnProvider, IGate>? gates = null) : IAvailability
{
    private readonly Dictionary<string, Upstream> _live =
        Index(live, gates ?? (provider => CreateLocalGate(provider, clock)));

    private readonly Dictionary<string, Upstream> _test = Index(test, provider => CreateLocalGate(provider, clock));

    /// <summary>Null if the operator has not configured this provider.</summary>
    public Upstream? Find(string provider, AccountMode mode) => mode switch
    {
        AccountMode.Live => _live.GetValueOrDefault(provider),
        AccountMode.Test => _test.GetValueOrDefault(provider),
        _ => null,
    };

    public bool Serves(Model model, AccountMode mode) => Find(model.Provider, mode) is not null;

    public bool Reaches(string provider, AccountMode mode) => Find(provider, mode) is not null;

    public string? UpstreamModel(Model model, string provider, AccountMode mode) =>
        Find(provider, mode)?.Provider.ModelId(model.Slug);

    private static Dictionary<string, Upstream> Index(
        IEnumerable<ITryOnProvider> providers, Func<ITryOnProvider, IGate> gate) =>
        providers.ToDictionary(provider => provider.Name, provider => new Upstream(provider, gate(provider)));

    private static ProviderGate CreateLocalGate(ITryOnProvider provider, TimeProvider? clock) =>
        new(provider.ConcurrencyMax, clock);
}
