using TryOn.Providers.Callbacks;

namespace TryOn.Api.Callbacks;

/// <summary>
/// The route by which upstreams report that a task has ended. It needs no API key and looks up no account. A callback
/// that is not authentic gets the same 404 as an unknown address.
/// </summary>
public static class CallbackEndpoints
{
    private const int BodyBytesMax = 64 * 1024;

    public static IEndpointRouteBuilder MapCallbacks(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/callbacks/{provider}/{attempt}/{hash}", Take).ExcludeFromDescription();
        return routes;
    }

    private static async Task<IResult> Take(
        [AsParameters] CallbackPath path, HttpContext context, CallbackReceiver receiver,
        CancellationToken cancellation)
    {
        if (!receiver.IsKnownAddress(path) || await Read(context.Request, cancellation) is not { } message
            || !await receiver.IsAuthentic(path, message, cancellation))
        {
            return TypedResults.StatusCode(StatusCodes.Status404NotFound);
        }

        // The job asks the upstream after this response is complete, so that the upstream is not kept waiting.
        context.Response.OnCompleted(() => receiver.Hint(path, message));
        return TypedResults.StatusCode(StatusCodes.Status200OK);
    }

    /// <summary>
    /// Null for a body that is too large or was cut off. The server drains the rest, as for any request: a size limit
    /// on this route would close the connection that a proxy may reuse for its next request.
    /// </summary>
    private static async Task<CallbackMessage?> Read(HttpRequest request, CancellationToken cancellation)
    {
        var body = new byte[BodyBytesMax + 1];
        try
        {
            var length = await request.Body.ReadAtLeastAsync(
                body, body.Length, throwOnEndOfStream: false, cancellation);
            return length <= BodyBytesMax
                ? new CallbackMessage(name => request.Headers[name], body.AsMemory(0, length))
                : null;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
