using TryOn.Api.Documents;
using TryOn.Api.Errors;
using TryOn.Api.Http;
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
/// An account's webhooks. Their secret is visible to keys that may manage keys. The delivery of a job's webhook can be
/// read and repeated with any key that works with jobs.
/// </summary>
public static class WebhookEndpoints
{
    public static IEndpointRouteBuilder MapWebhooks(this IEndpointRouteBuilder routes)
    {
        var own = routes.MapGroup("/webhooks").RequireKey(RouteClass.None, KeyScopes.Keys);
        own.MapGet("", Read)
            .Describe(
                "Webhooks",
                "The address that is notified when jobs end, and the secret that messages are signed with")
            .ReturnsBody<WebhookObject>();
        own.MapPut("", Set).Describe("Webhooks", "Sets the address for jobs that name none themselves")
            .AcceptsBody<WebhookSetting>("""{"url": "https://shop.example/tryon"}""").ReturnsBody<WebhookObject>();
        own.MapPost("/rotate", Rotate)
            .Describe("Webhooks", "Replaces the secret; messages are also signed with the old one for a day")
            .ReturnsBody<WebhookObject>();
        routes.MapGet("/tryon/{id}/webhook", Delivery).RequireKey(RouteClass.Status)
            .Describe("Webhooks", "The delivery of a job's webhook, with every attempt")
            .ReturnsBody<DeliveryObject>();
        routes.MapPost("/tryon/{id}/webhook/redeliver", Redeliver).RequireKey(RouteClass.Status, KeyScopes.JobsWrite)
            .Describe("Webhooks", "Sends a job's webhook again at once").ReturnsBody<DeliveryObject>(
                StatusCodes.Status202Accepted);
        return routes;
    }

    private static async Task<IResult> Read(
        HttpContext context, IDirectory directory, WebhookSecrets secrets, TimeProvider clock) =>
        Show(await directory.Account(Caller.FromContext(context).Account.Id).Read(), secrets, clock);

    private static async Task<IResult> Set(
        HttpContext context, IDirectory directory, WebhookSecrets secrets, WebhookTargets targets, TimeProvider clock,
        CancellationToken cancellation)
    {
        var body = await JsonBody.Read<WebhookSetting>(context.Request, cancellation);
        if ((body.Error ?? targets.Refuse(body.Value?.Url, "url")) is { } refusal)
            return new ErrorResult(refusal);
        var url = string.IsNullOrEmpty(body.Value?.Url) ? null : body.Value.Url;
        var account = directory.Account(Caller.FromContext(context).Account.Id);
        return Show(await account.Ask(new AccountCommand.SetWebhooks(url)), secrets, clock);
    }

    private static async Task<IResult> Rotate(
        HttpContext context, IDirectory directory, WebhookSecrets secrets, TimeProvider clock) => Show(
        await directory.Account(Caller.FromContext(context).Account.Id)
            .Ask(new AccountCommand.SetWebhooks(Url: null, Rotate: true)),
        secrets, clock);

    private static async Task<IResult> Delivery(string id, HttpContext context, IDirectory directory)
    {
        var job = await TryOnEndpoints.Owned(directory, Caller.FromContext(context), id);
        var delivery = job.Ok ? await directory.Delivery(id).Read() : job.Error;
        return delivery.ToHttp(state => TypedResults.Json(DeliveryObject.FromState(state)));
    }

    private static async Task<IResult> Redeliver(string id, HttpContext context, IDirectory directory)
    {
        var job = await TryOnEndpoints.Owned(directory, Caller.FromContext(context), id);
        var delivery = job.Ok ? await directory.Delivery(id).Ask(new DeliveryCommand.Redeliver()) : job.Error;
        return delivery.ToHttp(
            state => TypedResults.Json(DeliveryObject.FromState(state), statusCode: StatusCodes.Status202Accepted));
    }

    private static IResult Show(Result<AccountView> account, WebhookSecrets secrets, TimeProvider clock) =>
        account.ToHttp(view => TypedResults.Json(WebhookObject.FromAccount(view, secrets, clock.GetUtcNow())));
}
