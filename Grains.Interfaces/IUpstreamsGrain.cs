using TryOn.Core.Keys;

namespace TryOn.Grains.Interfaces;

/// <summary>Tells front ends, which hold no provider keys, which providers the silos are configured for.</summary>
public interface IUpstreamsGrain : IGrainWithIntegerKey
{
    Task<ServedProviders> Served();
}

/// <param name="Live">Names of the providers that live accounts can reach.</param>
/// <param name="Test">Names of the providers that test accounts can reach.</param>
public sealed record ServedProviders(IReadOnlyList<string> Live, IReadOnlyList<string> Test)
{
    /// <summary>Empty if the answering silo runs a version that did not report models.</summary>
    public IReadOnlyList<ServedModel> Models { get; init; } = [];

    public bool Contains(string provider, AccountMode mode) => mode switch
    {
        AccountMode.Live => Live.Contains(provider),
        AccountMode.Test => Test.Contains(provider),
        _ => false,
    };
}

/// <param name="Id">The provider's id of the upstream model that serves this model.</param>
public sealed record ServedModel(AccountMode Mode, string Slug, string Provider, string Id);
