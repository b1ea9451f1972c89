using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using TryOn.Api.Errors;
using TryOn.Core.Errors;

namespace TryOn.Api.Documents;

/// <summary>Adds to each route the errors it can answer with. A POST can meet all of the table; a GET reads, and fails in few ways.</summary>
public sealed class OperationErrors : IOpenApiOperationTransformer
{
    private static readonly HashSet<ErrorCode> OfReading =
    [
        ErrorCode.Authentication, ErrorCode.RateLimited, ErrorCode.InvalidRequest, ErrorCode.NotFound, ErrorCode.ModelNotFound,
        ErrorCode.Unavailable, ErrorCode.Internal,
    ];

    public async Task TransformAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var reads = context.Description.HttpMethod == HttpMethods.Get;
        var form = context.Description.ActionDescriptor.EndpointMetadata.OfType<ErrorForm>().LastOrDefault();
        operation.Responses ??= [];
        if (form is null)
        {
            foreach (var status in ErrorResponses.ByStatus.Where(status => !reads || status.Any(OfReading.Contains)))
                operation.Responses[$"{status.Key}"] = new OpenApiResponseReference(ErrorResponses.Name(status.Key), context.Document);
            return;
        }

        var schema = await context.GetOrCreateSchemaAsync(form.Written, cancellationToken: cancellationToken);
        foreach (var (status, response) in ErrorResponses.Of(form, schema, code => !reads || OfReading.Contains(code)))
            operation.Responses[status] = response;
    }
}
