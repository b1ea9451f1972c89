using Microsoft.AspNetCore.Http.Features;
using TryOn.Core.Accounts;
using TryOn.Core.Keys;
using TryOn.Core.Limits;

namespace TryOn.Api.Keys;

/// <summary>The account and key that a request was authenticated with.</summary>
/// <param name="Permit">Its permit to hold pictures in memory; null for requests that bring none.</param>
public sealed record Caller(AccountView Account, string KeyHash, IDisposable? Permit = null)
{
    /// <summary>The key's scopes. A caller cannot grant scopes that it does not have.</summary>
    public KeyScopes Scopes { get; init; }

    /// <summary>The rate window that counted this request; null if none did.</summary>
    public RateFigures? Rate { get; init; }

    /// <summary>The key's id as statement and usage show it.</summary>
    public string KeyId => AccountKey.IdOf(KeyHash);

    public static Caller FromContext(HttpContext context) => context.Features.GetRequiredFeature<Caller>();
}
