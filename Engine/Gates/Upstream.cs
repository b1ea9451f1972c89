using TryOn.Core.Accounts;
using TryOn.Core.Models;
using TryOn.Core.Providers;

namespace TryOn.Engine.Gates;

/// <summary>One upstream account as jobs see it: who speaks to it, and the gate before it.</summary>
public sealed record Upstream(ITryOnProvider Provider, IGate Gate);

/// <summary>
/// The upstreams that are configured. A test account's jobs go to the sandbox and can never reach a live upstream; a
/// live account's jobs can never be answered by the sandbox.
/// </summary>
/// <param name="gates">Makes the gates before the live upstreams; null for gates of this process that are open at once.</param>
public sealed class Upstreams(
    IEnumerable<ITryOnProvider> live, IEnumerable<ITryOnProvider> test, TimeProvider? clock = null,
    Func<ITryOnProvider, IGate>? gates = null) : IAvailability
{
    private readonly Dictionary<string, Upstream> _live = Index(live, gates ?? (provider => Own(provider, clock)));
    private readonly Dictionary<string, Upstream> _test = Index(test, provider => Own(provider, clock));

    /// <summary>Null when the operator has not configured this provider.</summary>
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

    private static Dictionary<string, Upstream> Index(IEnumerable<ITryOnProvider> providers, Func<ITryOnProvider, IGate> gate) =>
        providers.ToDictionary(provider => provider.Name, provider => new Upstream(provider, gate(provider)));

    private static ProviderGate Own(ITryOnProvider provider, TimeProvider? clock) => new(provider.ConcurrencyMax, clock);
}
