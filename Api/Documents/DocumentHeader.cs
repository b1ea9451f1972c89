using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using TryOn.Api.Errors;

namespace TryOn.Api.Documents;

/// <summary>
/// Adds what is not specific to one route: title, server, security scheme and shared error responses.
/// </summary>
public sealed class DocumentHeader : IOpenApiDocumentTransformer
{
    public const string Scheme = "key";

    public async Task TransformAsync(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "TryOn",
            Version = "1",
            Description =
                "A gateway for virtual try-on. All errors have one format, except on the routes of TryItOn and FASHN; "
                    + "docs/errors.md lists their names.",
        };
        // The server is relative, so that the document is identical everywhere and can be compared with the
        // repository's copy.
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Scheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "An API key, tryon_live_… or tryon_test_…; on admin routes the operator's token.",
            },
        };
        document.Security = [
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, document)] = [] }];
        var error = await context.GetOrCreateSchemaAsync(typeof(ErrorBody), cancellationToken: cancellationToken);
        document.AddComponent(nameof(ErrorBody), error);
        document.Components.Responses = ErrorResponses.ForSchema(
            new OpenApiSchemaReference(nameof(ErrorBody), document));
    }
}
