using TryOn.Api.Documents;
using TryOn.Api.Errors;
using TryOn.Api.Jobs;
using TryOn.Api.Keys;
using TryOn.Core;
using TryOn.Core.Accounts;
using TryOn.Core.Errors;
using TryOn.Core.Keys;
using TryOn.Core.Limits;
using TryOn.Core.Webhooks;

namespace TryOn.Api.Webhooks;

/// <summary>
/// An account's webhooks: whoever may manage its keys may see their secret. How a job's own delivery stands is seen, and it
/// is sent again, with any key that works with jobs.
/// </summary>
public static class WebhookEndpoints
{
    public static IEndpointRouteBuilder MapWebhooks(this IEndpointRouteBuilder routes)
    {
        var own = routes.MapGroup("/webhooks").RequireKey(RouteClass.None, KeyScopes.Keys);
        own.MapGet("", Read).Says("Webhooks", "Where the ends of jobs are told, and the secret that tells are signed with")
            .Answers<WebhookObject>();
        own.MapPut("", Set).Says("Webhooks", "Sets the address for jobs that name none themselves")
            .Takes<WebhookSetting>("""{"url": "https://shop.example/tryon"}""").Answers<WebhookObject>();
        own.MapPost("/rotate", Rotate).Says("Webhooks", "A new secret; the old one signs as well for a day")
            .Answers<WebhookObject>();
        routes.MapGet("/tryon/{id}/webhook", Delivery).RequireKey(RouteClass.Status)
            .Says("Webhooks", "How the delivery of a job's webhook stands, try by try").Answers<DeliveryObject>();
        routes.MapPost("/tryon/{id}/webhook/redeliver", Redeliver).RequireKey(RouteClass.Status, KeyScopes.JobsWrite)
            .Says("Webhooks", "Sends a job's webhook again, now").Answers<DeliveryObject>(StatusCodes.Status202Accepted);
        return routes;
    }

    private static async Task<IResult> Read(
        HttpContext context, IDirectory directory, WebhookSecrets secrets, TimeProvider clock) =>
        Show(await directory.Account(Caller.Of(context).Account.Id).Read(), secrets, clock);

    private static async Task<IResult> Set(
        HttpContext context, IDirectory directory, WebhookSecrets secrets, WebhookTargets targets, TimeProvider clock,
        CancellationToken cancellation)
    {
        var body = await JsonBody.Read<WebhookSetting>(context.Request, cancellation);
        if ((body.Error ?? targets.Refuse(body.Value?.Url, "url")) is { } refusal)
            return new ErrorResult(refusal);
        var url = string.IsNullOrEmpty(body.Value?.Url) ? null : body.Value.Url;
        var account = directory.Account(Caller.Of(context).Account.Id);
        return Show(await account.Ask(new AccountCommand.SetWebhooks(url)), secrets, clock);
    }

    private static async Task<IResult> Rotate(
        HttpContext context, IDirectory directory, WebhookSecrets secrets, TimeProvider clock) => Show(
        await directory.Account(Caller.Of(context).Account.Id).Ask(new AccountCommand.SetWebhooks(Url: null, Rotate: true)),
        secrets, clock);

    private static async Task<IResult> Delivery(string id, HttpContext context, IDirectory directory)
    {
        var job = await TryOnEndpoints.Owned(directory, Caller.Of(context), id);
        var delivery = job.Ok ? await directory.Delivery(id).Read() : job.Error;
        return delivery.ToHttp(state => TypedResults.Json(DeliveryObject.Of(state)));
    }

    private static async Task<IResult> Redeliver(string id, HttpContext context, IDirectory directory)
    {
        var job = await TryOnEndpoints.Owned(directory, Caller.Of(context), id);
        var delivery = job.Ok ? await directory.Delivery(id).Ask(new DeliveryCommand.Redeliver()) : job.Error;
        return delivery.ToHttp(state => TypedResults.Json(DeliveryObject.Of(state), statusCode: StatusCodes.Status202Accepted));
    }

    private static IResult Show(Result<AccountView> account, WebhookSecrets secrets, TimeProvider clock) =>
        account.ToHttp(view => TypedResults.Json(WebhookObject.Of(view, secrets, clock.GetUtcNow())));
}
