using Microsoft.AspNetCore.Http.Features;
using TryOn.Core.Accounts;
using TryOn.Core.Keys;
using TryOn.Core.Limits;

namespace TryOn.Api.Keys;

/// <summary>Whose key a request carries.</summary>
/// <param name="Place">Its place among those whose pictures are in memory; null where none are expected.</param>
public sealed record Caller(AccountView Account, string KeyHash, IDisposable? Place = null)
{
    /// <summary>What the key may be used for; nobody passes on what they do not have.</summary>
    public KeyScopes Scopes { get; init; }

    /// <summary>The window this request was counted in; null where none is kept.</summary>
    public RateFigures? Rate { get; init; }

    /// <summary>The key as statement and usage name it.</summary>
    public string KeyId => AccountKey.IdOf(KeyHash);

    public static Caller Of(HttpContext context) => context.Features.GetRequiredFeature<Caller>();
}
