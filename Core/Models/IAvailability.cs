using TryOn.Core.Keys;

namespace TryOn.Core.Models;

/// <summary>Which models can be served here, answered from memory.</summary>
public interface IAvailability
{
    /// <summary>True if the model's own provider is configured for accounts of this mode.</summary>
    bool Serves(Model model, AccountMode mode);

    /// <summary>True if this provider is configured for accounts of this mode.</summary>
    bool Reaches(string provider, AccountMode mode);

    /// <summary>
    /// The provider's id of the upstream model that serves this model, which changes when the provider retires one;
    /// null if the provider is not configured for accounts of this mode.
    /// </summary>
    string? UpstreamModel(Model model, string provider, AccountMode mode);
}
