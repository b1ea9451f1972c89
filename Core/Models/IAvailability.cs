using TryOn.Core.Accounts;

namespace TryOn.Core.Models;

/// <summary>Which models can be served here, known without asking anybody.</summary>
public interface IAvailability
{
    /// <summary>True when the model's provider is configured for accounts of this mode.</summary>
    bool Serves(Model model, AccountMode mode);

    /// <summary>True when this provider, the model's own or another, is configured for accounts of this mode.</summary>
    bool Reaches(string provider, AccountMode mode);
}
