using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using TryOn.Api.Errors;
using TryOn.Core.Errors;

namespace TryOn.Api.Documents;

/// <summary>
/// Adds to each route the errors it can return: all of them for a POST, and only those of reading for a GET.
/// </summary>
public sealed class OperationErrors : IOpenApiOperationTransformer
{
    private static readonly HashSet<ErrorCode> ReadErrors =
    [
        ErrorCode.Authentication, ErrorCode.RateLimited, ErrorCode.InvalidRequest, ErrorCode.NotFound,
        ErrorCode.ModelNotFound, ErrorCode.Unavailable, ErrorCode.Internal,
    ];

    public async Task TransformAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var reads = context.Description.HttpMethod == HttpMethods.Get;
        var format = context.Description.ActionDescriptor.EndpointMetadata.OfType<ErrorFormat>().LastOrDefault();
        operation.Responses ??= [];
        if (format is null)
        {
            foreach (var status in ErrorResponses.ByStatus.Where(status => !reads || status.Any(ReadErrors.Contains)))
                operation.Responses[$"{status.Key}"] = new OpenApiResponseReference(
                    ErrorResponses.Name(status.Key), context.Document);
            return;
        }

        var schema = await context.GetOrCreateSchemaAsync(format.BodyType, cancellationToken: cancellationToken);
        foreach (var (status, response) in ErrorResponses.ForSchema(
            format, schema, code => !reads || ReadErrors.Contains(code)))
            operation.Responses[status] = response;
    }
}
