using Microsoft.AspNetCore.Http.Metadata;

namespace TryOn.Api.Http;

/// <summary>
/// Answers HEAD as GET without the body (RFC 9110, section 9.1), which the server drops by itself. IsStream are
/// excluded: they carry nothing but a body, and would run on without a reader.
/// </summary>
public static class HeadRequests
{
    private static readonly HttpMethodMetadata GetAndHead = new([HttpMethods.Get, HttpMethods.Head]);

    public static TBuilder AlsoHead<TBuilder>(this TBuilder routes)
        where TBuilder : IEndpointConventionBuilder
    {
        routes.Finally(route =>
        {
            if (IsGet(route) && !IsStream(route))
                route.Metadata.Add(GetAndHead);
        });
        return routes;
    }

    private static bool IsGet(EndpointBuilder route) =>
        route.Metadata.OfType<IHttpMethodMetadata>().LastOrDefault()?.HttpMethods is [var only]
            && HttpMethods.IsGet(only);

    private static bool IsStream(EndpointBuilder route) => route.Metadata.OfType<IProducesResponseTypeMetadata>()
        .Any(answer => answer.ContentTypes.Contains("text/event-stream"));
}
