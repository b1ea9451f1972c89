using TryOn.Core.Keys;
using TryOn.Core.Limits;

namespace TryOn.Core.Accounts;

/// <summary>A request that was let in.</summary>
/// <param name="Scopes">What its key may be used for.</param>
/// <param name="Rate">Of the route class's window, this request included; null where nothing is counted.</param>
public sealed record AdmittedKey(AccountView Account, KeyScopes Scopes, RateFigures? Rate = null);
