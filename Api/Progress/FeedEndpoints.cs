using Microsoft.Extensions.Options;
using TryOn.Api.Documents;
using TryOn.Api.Errors;
using TryOn.Api.Keys;
using TryOn.Api.Streams;

namespace TryOn.Api.Progress;

/// <summary>All jobs of an account on one stream, for dashboards.</summary>
public static class FeedEndpoints
{
    public static IEndpointRouteBuilder MapAccountFeed(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/events", Events).AddEndpointFilter<StreamFilter>()
            .Says("Try-on", "All jobs of the account as server-sent events: a snapshot of recent ones, then every change")
            .Produces<FeedMessage>(StatusCodes.Status200OK, "text/event-stream");
        return routes;
    }

    private static async Task<IResult> Events(
        HttpContext context, AccountFeed feed, KeyWatch keys, TimeProvider clock, IOptions<LimitOptions> limits,
        CancellationToken cancellation)
    {
        if (!ProgressEndpoints.After(context.Request, out var after))
            return new ErrorResult(ProgressEndpoints.BadNumber);
        var writer = new EventWriter(context.Response, JsonBody.OptionsOf(context.Request));
        var stream = new FeedEvents(writer, after, clock, limits.Value.Heartbeat);
        var caller = Caller.Of(context);
        try
        {
            await stream.Write(feed.Follow(caller.Account.Id, keys.Of(caller), cancellation), cancellation);
        }
        catch (Exception gone) when (gone is OperationCanceledException or TimeoutException)
        {
            // It hung up, or it takes nothing any more.
            context.Abort();
        }

        return TypedResults.Empty;
    }
}
