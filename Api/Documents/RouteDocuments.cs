using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace TryOn.Api.Documents;

/// <summary>
/// Describes routes for the OpenAPI document. Handlers read bodies themselves instead of binding them, so their types
/// are named here.
/// </summary>
public static class RouteDocuments
{
    /// <summary>
    /// Lets a body of any content type reach its handler, which rejects it in the surface's own error format; routing
    /// would answer with a bare status. Removed from the document.
    /// </summary>
    private const string AnyType = "*/*";

    private const string Picture = "data:image/png;base64,iVBORw0KGgo…";

    public static RouteHandlerBuilder Describe(this RouteHandlerBuilder route, string tag, string summary) =>
        route.WithTags(tag).WithSummary(summary);

    /// <summary>Declares the response's type and its success status.</summary>
    public static RouteHandlerBuilder ReturnsBody<T>(
        this RouteHandlerBuilder route, int status = StatusCodes.Status200OK) =>
        route.Produces<T>(status);

    /// <summary>Declares a response that is a stream of events when the caller asks for one.</summary>
    public static RouteHandlerBuilder ReturnsBodyOrStream<T>(this RouteHandlerBuilder route) =>
        route.Produces<T>(StatusCodes.Status200OK, "application/json", "text/event-stream");

    /// <summary>Declares the request body's type and an example of it.</summary>
    public static RouteHandlerBuilder AcceptsBody<T>(
        this RouteHandlerBuilder route, string example, params string[] otherTypes)
        where T : notnull =>
        route.Accepts<T>("application/json", [.. otherTypes, AnyType])
            .AddOpenApiOperationTransformer((operation, _, _) =>
            {
                operation.RequestBody?.Content?.Remove(AnyType);
                if (operation.RequestBody?.Content?.TryGetValue("application/json", out var body) == true)
                    body.Example = JsonNode.Parse(example.Replace("PICTURE", Picture, StringComparison.Ordinal));
                return Task.CompletedTask;
            });
}
