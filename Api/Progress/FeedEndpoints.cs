using Microsoft.Extensions.Options;
using TryOn.Api.Documents;
using TryOn.Api.Errors;
using TryOn.Api.Http;
using TryOn.Api.Keys;
using TryOn.Api.Limits;
using TryOn.Api.Streams;

namespace TryOn.Api.Progress;

/// <summary>Streams all jobs of an account, for dashboards.</summary>
public static class FeedEndpoints
{
    public static IEndpointRouteBuilder MapAccountFeed(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/events", Events).AddEndpointFilter<StreamFilter>()
            .Describe("Try-on",
                "All jobs of the account as server-sent events: a snapshot of recent ones, then every change")
            .Produces<FeedMessage>(StatusCodes.Status200OK, "text/event-stream");
        return routes;
    }

    private static async Task<IResult> Events(
        HttpContext context, AccountFeed feed, KeyCheck keys, TimeProvider clock, IOptions<LimitOptions> limits,
        CancellationToken cancellation)
    {
        if (!ProgressEndpoints.TryReadAfter(context.Request, out var after))
            return new ErrorResult(ProgressEndpoints.InvalidSequence);
        var writer = new EventWriter(context.Response, JsonBody.OptionsOf(context.Request));
        var stream = new FeedEvents(writer, after, clock, limits.Value.Heartbeat);
        var caller = Caller.FromContext(context);
        try
        {
            await stream.Write(feed.Follow(caller.Account.Id, keys.CheckFor(caller), cancellation), cancellation);
        }
        catch (Exception gone) when (gone is OperationCanceledException or TimeoutException)
        {
            // The client disconnected or stopped reading.
            context.Abort();
        }

        return TypedResults.Empty;
    }
}
