using Microsoft.AspNetCore.Http.Features;
using TryOn.Core.Accounts;

namespace TryOn.Api.Keys;

/// <summary>Whose key a request carries.</summary>
/// <param name="Place">Its place among those whose pictures are in memory; null where none are expected.</param>
public sealed record Caller(AccountView Account, string KeyHash, IDisposable? Place = null)
{
    private const int KeyIdLength = 16;

    /// <summary>The key as statement and usage name it.</summary>
    public string KeyId => KeyHash[..KeyIdLength];

    public static Caller Of(HttpContext context) => context.Features.GetRequiredFeature<Caller>();
}
