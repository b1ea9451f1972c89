using Microsoft.AspNetCore.Http.Metadata;

namespace TryOn.Api;

/// <summary>
/// HEAD is answered as GET is and without the body (RFC 9110, section 9.1), which the server leaves away by itself. A stream
/// has nothing to tell before its body, and would go on without a reader.
/// </summary>
public static class HeadRequests
{
    private static readonly HttpMethodMetadata Both = new([HttpMethods.Get, HttpMethods.Head]);

    public static TBuilder AlsoHead<TBuilder>(this TBuilder routes)
        where TBuilder : IEndpointConventionBuilder
    {
        routes.Finally(route =>
        {
            if (Gets(route) && !Streams(route))
                route.Metadata.Add(Both);
        });
        return routes;
    }

    private static bool Gets(EndpointBuilder route) =>
        route.Metadata.OfType<IHttpMethodMetadata>().LastOrDefault()?.HttpMethods is [var only] && HttpMethods.IsGet(only);

    private static bool Streams(EndpointBuilder route) => route.Metadata.OfType<IProducesResponseTypeMetadata>()
        .Any(answer => answer.ContentTypes.Contains("text/event-stream"));
}
