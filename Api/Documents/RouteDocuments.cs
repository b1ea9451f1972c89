using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace TryOn.Api.Documents;

/// <summary>
/// What a route says of itself in the document. Handlers read bodies by their own means, so the types are named here.
/// </summary>
public static class RouteDocuments
{
    /// <summary>
    /// Lets a body of any type reach its handler, which refuses it in the surface's own words: routing knows only bare
    /// statuses. It is no part of the document.
    /// </summary>
    public const string AnyType = "*/*";

    private const string Picture = "data:image/png;base64,iVBORw0KGgo…";

    public static RouteHandlerBuilder Says(this RouteHandlerBuilder route, string tag, string summary) =>
        route.WithTags(tag).WithSummary(summary);

    /// <summary>The answer's type, under the status of success.</summary>
    public static RouteHandlerBuilder Answers<T>(this RouteHandlerBuilder route, int status = StatusCodes.Status200OK) =>
        route.Produces<T>(status);

    /// <summary>An answer that is a stream of events when it is asked for.</summary>
    public static RouteHandlerBuilder Streams<T>(this RouteHandlerBuilder route) =>
        route.Produces<T>(StatusCodes.Status200OK, "application/json", "text/event-stream");

    /// <summary>The body's type and one example of it.</summary>
    public static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder route, string example, params string[] otherTypes)
        where T : notnull =>
        route.Accepts<T>("application/json", otherTypes).AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.RequestBody?.Content?.Remove(AnyType);
            if (operation.RequestBody?.Content?.TryGetValue("application/json", out var body) == true)
                body.Example = JsonNode.Parse(example.Replace("PICTURE", Picture, StringComparison.Ordinal));
            return Task.CompletedTask;
        });
}
