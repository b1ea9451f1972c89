using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using TryOn.Api.Errors;

namespace TryOn.Api.Documents;

/// <summary>What the document says of the whole: what it is, where it is, and the key that it wants.</summary>
public sealed class DocumentFrame : IOpenApiDocumentTransformer
{
    public const string Scheme = "key";

    public async Task TransformAsync(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "TryOn",
            Version = "1",
            Description = "A gateway for virtual try-on. Errors have one form, except on the routes of TryItOn and FASHN; docs/errors.md lists their names.",
        };
        // The document is the same wherever it is read, so that the copy in the repository can be compared with it.
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
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, document)] = [] }];
        var error = await context.GetOrCreateSchemaAsync(typeof(ErrorBody), cancellationToken: cancellationToken);
        document.AddComponent(nameof(ErrorBody), error);
        document.Components.Responses = ErrorResponses.Of(new OpenApiSchemaReference(nameof(ErrorBody), document));
    }
}
