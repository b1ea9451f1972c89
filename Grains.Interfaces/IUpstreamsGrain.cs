using TryOn.Core.Accounts;

namespace TryOn.Grains.Interfaces;

/// <summary>Tells front ends, which hold no provider keys, what the silos are configured for.</summary>
public interface IUpstreamsGrain : IGrainWithIntegerKey
{
    Task<ServedProviders> Served();
}

/// <param name="Live">Names of the providers that live accounts can reach.</param>
/// <param name="Test">Names of the providers that test accounts can reach.</param>
public sealed record ServedProviders(IReadOnlyList<string> Live, IReadOnlyList<string> Test)
{
    public bool Contains(string provider, AccountMode mode) => mode switch
    {
        AccountMode.Live => Live.Contains(provider),
        AccountMode.Test => Test.Contains(provider),
        _ => false,
    };
}
