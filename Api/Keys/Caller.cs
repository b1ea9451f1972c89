using Microsoft.AspNetCore.Http.Features;
using TryOn.Core.Accounts;

namespace TryOn.Api.Keys;

/// <summary>Whose key a request carries.</summary>
public sealed record Caller(AccountView Account, string KeyHash)
{
    public static Caller Of(HttpContext context) => context.Features.GetRequiredFeature<Caller>();
}
