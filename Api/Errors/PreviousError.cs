using TryOn.Core.Errors;
using TryOn.Core.Models;

namespace TryOn.Api.Errors;

/// <summary>
/// The failure of an earlier provider, in OpenRouter's format and with the gateway's own error names.
/// </summary>
/// <param name="Code">The error's stable name.</param>
public sealed record PreviousError(string Provider, string Code, int Status)
{
    public static PreviousError FromFailure(ProviderFailure failure) => new(
        Catalog.NameOf(failure.Provider), ErrorStatus.Name(failure.Code), ErrorStatus.ForCode(failure.Code).Status);
}
