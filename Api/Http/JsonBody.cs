using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using TryOn.Core.Errors;

namespace TryOn.Api.Http;

/// <summary>
/// Reads a request's JSON as UTF-8, whatever charset the content type names (RFC 8259, section 8.1). The framework's
/// own reader throws at a charset it does not know, such as <c>utf8</c> or a quoted <c>"UTF-8"</c>.
/// </summary>
public static class JsonBody
{
    public static Task<Result<T>> Read<T>(HttpRequest request, CancellationToken cancellation)
        where T : class => Read<T>(request, request.Body, cancellation);

    /// <summary>
    /// For routes whose body is optional: returns <paramref name="otherwise"/> when there is none. A body that is
    /// present is read and validated as usual.
    /// </summary>
    public static async Task<Result<T>> Read<T>(HttpRequest request, T otherwise, CancellationToken cancellation)
        where T : class => Absent(request) ? otherwise : await Read<T>(request, cancellation);

    /// <param name="content">The request's body, possibly wrapped in a stream that hashes it.</param>
    public static async Task<Result<T>> Read<T>(HttpRequest request, Stream content, CancellationToken cancellation)
        where T : class
    {
        if (!request.HasJsonContentType())
            return BodyTypes.Refusal(request);
        try
        {
            return await JsonSerializer.DeserializeAsync<T>(content, OptionsOf(request), cancellation) is { } body
                ? body
                : new Error(ErrorCode.InvalidRequest, "The body is empty.");
        }
        catch (JsonException broken)
        {
            return new Error(ErrorCode.InvalidRequest, "The body is not the JSON this route takes.", broken.Path);
        }
    }

    /// <summary>The Content-Length header is optional, so its absence alone proves nothing.</summary>
    private static bool Absent(HttpRequest request) => request.ContentLength == 0
        || request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false };

    public static JsonSerializerOptions OptionsOf(HttpRequest request) =>
        request.HttpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
}
