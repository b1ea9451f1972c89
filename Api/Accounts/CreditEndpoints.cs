using TryOn.Api.Documents;
using TryOn.Api.Keys;
using TryOn.Core.Accounts;
using TryOn.Core.Limits;

namespace TryOn.Api.Accounts;

public static class CreditEndpoints
{
    public static IEndpointRouteBuilder MapCredits(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(
            "/credits", (HttpContext context) =>
                TypedResults.Json(CreditsBody.FromAccount(Caller.FromContext(context).Account)))
            .RequireKey(RouteClass.Credits)
            .Describe("Account", "The account's available, reserved and spent credits").ReturnsBody<CreditsBody>();
        return routes;
    }
}

/// <summary>
/// One body that serves three kinds of clients: <c>data</c> for OpenRouter's, <c>credits</c> for TryItOn's, and a plain
/// <c>balance</c>.
/// </summary>
/// <param name="Balance">Credits that can be spent now.</param>
public sealed record CreditsBody(bool Ok, CreditTotals Data, CreditParts Credits, long Balance)
{
    public static CreditsBody FromAccount(AccountView account) => new(
        Ok: true,
        new CreditTotals(account.Granted, account.Captured),
        new CreditParts(account.Available, Subscription: 0, account.Granted - account.Captured, account.Reserved),
        account.Available);
}

public sealed record CreditTotals(long TotalCredits, long TotalUsage);

/// <summary>
/// The <c>credits</c> object as TryItOn defines it: <c>on_demand = subscription + purchased - reserved</c>.
/// </summary>
public sealed record CreditParts(long OnDemand, long Subscription, long Purchased, long Reserved);
