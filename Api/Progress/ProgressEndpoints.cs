using Microsoft.Extensions.Options;
using TryOn.Api.Browsers;
using TryOn.Api.Documents;
using TryOn.Api.Errors;
using TryOn.Api.Http;
using TryOn.Api.Jobs;
using TryOn.Api.Keys;
using TryOn.Api.Limits;
using TryOn.Api.Streams;
using TryOn.Core;
using TryOn.Core.Errors;
using TryOn.Core.Limits;

namespace TryOn.Api.Progress;

public static class ProgressEndpoints
{
    private const string Protocol = "tryon.v1";

    public static IEndpointRouteBuilder MapProgress(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/tryon/{id}/events", Events).AddEndpointFilter<StreamFilter>().OpenToPages()
            .Describe("Try-on", "A job's progress as server-sent events; 204 if the client has already seen the end")
            .Produces<ProgressMessage>(StatusCodes.Status200OK, "text/event-stream")
            .Produces(StatusCodes.Status204NoContent);
        routes.MapGet("/tryon/{id}/ws", Socket).AddEndpointFilter<StreamFilter>()
            .Describe(
                "Try-on",
                "A job's progress over a WebSocket, subprotocol tryon.v1; this is the format of each message")
            .ReturnsBody<ProgressMessage>();
        routes.MapPost("/tryon/{id}/token", Token).RequireKey(RouteClass.Status)
            .Describe("Try-on", "Creates a credential with which a browser can watch this one job")
            .ReturnsBody<JobToken>();
        routes.MapAccountFeed();
        return routes;
    }

    public static void AddProgress(this IServiceCollection services)
    {
        services.AddSingleton<JobTokens>();
        services.AddSingleton<StreamPermits>();
        services.AddSingleton<KeyCheck>();
        services.AddSingleton<ProgressReader>();
        services.AddSingleton<AccountFeed>();
        services.Configure<WebSocketOptions>(sockets =>
        {
            sockets.KeepAliveInterval = TimeSpan.FromSeconds(15);
            sockets.KeepAliveTimeout = TimeSpan.FromSeconds(20);
        });
    }

    private static async Task<IResult> Token(string id, HttpContext context, IDirectory directory, JobTokens tokens)
    {
        var caller = Caller.FromContext(context);
        var job = await TryOnEndpoints.Owned(directory, caller, id);
        return job.ToHttp(_ => TypedResults.Json(tokens.Make(id, caller.Account.Id, caller.KeyHash)));
    }

    private static async Task<IResult> Events(
        string id, HttpContext context, JobSets sets, ProgressReader reader, JobRenderer renderer, KeyCheck keys,
        TimeProvider clock, IOptions<LimitOptions> limits, CancellationToken cancellation)
    {
        var jobs = await sets.Read(Caller.FromContext(context), id);
        if (!jobs.Ok)
            return new ErrorResult(jobs.Error);
        if (!TryReadAfter(context.Request, out var after))
            return new ErrorResult(InvalidSequence);
        if (after >= ProgressSteps.EndOf(jobs.Value))
            return TypedResults.NoContent();
        var writer = new EventWriter(context.Response, JsonBody.OptionsOf(context.Request));
        var stream = new EventProgress(
            writer, new ProgressRenderer(context.Request, renderer), clock, limits.Value.Heartbeat);
        try
        {
            await stream.Write(
                reader.Follow(id, after, keys.CheckFor(Caller.FromContext(context)), cancellation), cancellation);
        }
        catch (Exception gone) when (gone is OperationCanceledException or TimeoutException)
        {
            // The client disconnected or stopped reading; it may resume at another process.
            context.Abort();
        }

        return TypedResults.Empty;
    }

    private static async Task<IResult> Socket(
        string id, HttpContext context, IDirectory directory, ProgressReader reader, JobRenderer renderer,
        KeyCheck keys, TimeProvider clock, CancellationToken cancellation)
    {
        var job = await TryOnEndpoints.Owned(directory, Caller.FromContext(context), id);
        if (!job.Ok)
            return new ErrorResult(job.Error);
        var offered = context.WebSockets.WebSocketRequestedProtocols;
        if (!context.WebSockets.IsWebSocketRequest || (offered.Count > 0 && !offered.Contains(Protocol)))
            return new ErrorResult(
                new Error(ErrorCode.InvalidRequest, $"This address speaks WebSocket, subprotocol {Protocol}."));
        if (!TryReadAfter(context.Request, out var after))
            return new ErrorResult(InvalidSequence);
        using var socket = await context.WebSockets.AcceptWebSocketAsync(offered.Count > 0 ? Protocol : null);
        var messages = new ProgressRenderer(context.Request, renderer);
        var session = new SocketSession(
            socket, new SocketProgress(socket, messages, JsonBody.OptionsOf(context.Request), clock), clock);
        await session.Run(
            over => reader.Follow(id, after, keys.CheckFor(Caller.FromContext(context)), over), cancellation);
        return TypedResults.Empty;
    }

    public static Error InvalidSequence { get; } = new(
        ErrorCode.InvalidRequest, "after_seq is the number of the last message that was seen, or 0.", "after_seq");

    /// <summary>
    /// Reads the last number the client saw: an EventSource sends it in a header, others in the address.
    /// </summary>
    public static bool TryReadAfter(HttpRequest request, out long? after)
    {
        after = null;
        var text = request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } header
            ? header
            : request.Query["after_seq"].ToString();
        if (text.Length == 0)
            return true;
        var valid = long.TryParse(text, out var number) && number >= 0;
        after = valid ? number : null;
        return valid;
    }
}
