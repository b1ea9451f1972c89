using TryOn.Api.Documents;
using TryOn.Api.Keys;
using TryOn.Core.Accounts;
using TryOn.Core.Limits;

namespace TryOn.Api.Accounts;

public static class CreditEndpoints
{
    public static IEndpointRouteBuilder MapCredits(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/credits", (HttpContext context) => TypedResults.Json(CreditsBody.Of(Caller.Of(context).Account)))
            .RequireKey(RouteClass.Credits)
            .Says("Account", "What the account has, holds and has spent").Answers<CreditsBody>();
        return routes;
    }
}

/// <summary>One body for three readers: OpenRouter's <c>data</c>, TryItOn's <c>credits</c>, and a plain <c>balance</c>.</summary>
/// <param name="Balance">Credits that can be spent now.</param>
public sealed record CreditsBody(bool Ok, CreditTotals Data, CreditParts Credits, long Balance)
{
    public static CreditsBody Of(AccountView account) => new(
        Ok: true,
        new CreditTotals(account.Granted, account.Captured),
        new CreditParts(account.Available, Subscription: 0, account.Granted - account.Captured, account.Reserved),
        account.Available);
}

public sealed record CreditTotals(long TotalCredits, long TotalUsage);

/// <summary>TryItOn: <c>on_demand = subscription + purchased - reserved</c>.</summary>
public sealed record CreditParts(long OnDemand, long Subscription, long Purchased, long Reserved);
