using TryOn.Core.Accounts;

namespace TryOn.Core.Models;

/// <summary>Which models can be served here, known without asking anybody.</summary>
public interface IAvailability
{
    /// <summary>True when the model's provider is configured for accounts of this mode.</summary>
    bool Serves(Model model, AccountMode mode);

    /// <summary>True when this provider, the model's own or another, is configured for accounts of this mode.</summary>
    bool Reaches(string provider, AccountMode mode);

    /// <summary>
    /// The provider's own id of what answers for a model, which changes when an upstream retires one; null where the
    /// provider is not configured for accounts of this mode.
    /// </summary>
    string? UpstreamModel(Model model, string provider, AccountMode mode);
}
