using TryOn.Core.Keys;
using TryOn.Core.Limits;

namespace TryOn.Core.Accounts;

/// <summary>A request that passed authentication and its rate limit.</summary>
/// <param name="Scopes">The scopes of its key.</param>
/// <param name="Rate">State of the route class's rate window, including this request; null if the route is not
/// limited.</param>
public sealed record AdmittedKey(AccountView Account, KeyScopes Scopes, RateFigures? Rate = null);
