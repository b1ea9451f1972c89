using TryOn.Providers.Callbacks;

namespace TryOn.Api.Callbacks;

/// <summary>
/// Where upstreams say that a task is over. No key comes with it and no account is looked up. Whatever is not genuine is
/// answered as an address that there is not.
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
        [AsParameters] CallbackPath path, HttpContext context, CallbackDesk desk, CancellationToken cancellation)
    {
        if (!desk.Knows(path) || await Read(context.Request, cancellation) is not { } message
            || !await desk.Genuine(path, message, cancellation))
        {
            return TypedResults.StatusCode(StatusCodes.Status404NotFound);
        }

        // The upstream waits for its answer, not for ours to its.
        context.Response.OnCompleted(() => desk.Hint(path, message));
        return TypedResults.StatusCode(StatusCodes.Status200OK);
    }

    /// <summary>
    /// Null for a body that is too large, or that broke off. What is left of it is the server's to skip, as of any request:
    /// a limit of its own here would end the connection under whatever request a proxy sends next.
    /// </summary>
    private static async Task<CallbackMessage?> Read(HttpRequest request, CancellationToken cancellation)
    {
        var body = new byte[BodyBytesMax + 1];
        try
        {
            var length = await request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancellation);
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
