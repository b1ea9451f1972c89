using Microsoft.AspNetCore.Http.Metadata;
using TryOn.Core.Errors;

namespace TryOn.Api.Http;

/// <summary>The types of body that a route takes.</summary>
public static class BodyTypes
{
    /// <summary>
    /// For a body of another type, or of none. It names those that the route takes: some clients set a type of their
    /// own where none is given, as curl does.
    /// </summary>
    public static Error Refusal(HttpRequest request)
    {
        var taken = request.HttpContext.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes
            .Where(type => !type.Contains('*', StringComparison.Ordinal)).ToList() ?? [];
        var types = taken.Count > 0 ? string.Join(" or ", taken) : "application/json";
        var sent = request.ContentType is null ? "has no Content-Type" : "has another Content-Type";
        return new Error(ErrorCode.InvalidRequest, $"This route takes a body of {types}; the request {sent}.");
    }
}
