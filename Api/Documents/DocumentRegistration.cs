using Microsoft.OpenApi;

namespace TryOn.Api.Documents;

/// <summary>The OpenAPI document, generated from the routes, and a page to read it and try it.</summary>
public static class DocumentRegistration
{
    public const string Name = "v1";
    public const string Path = "/openapi/{documentName}.json";

    public static void AddDocuments(this WebApplicationBuilder builder) => builder.Services.AddOpenApi(Name, options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        // A HEAD route would only repeat its GET and double the document's length.
        options.ShouldInclude = route => route.HttpMethod != HttpMethods.Head;
        options.AddDocumentTransformer<DocumentHeader>();
        options.AddOperationTransformer<OperationErrors>();
    });

    public static void MapDocuments(this WebApplication app)
    {
        app.MapOpenApi(Path);
        app.UseSwaggerUI(page =>
        {
            page.RoutePrefix = "docs";
            page.DocumentTitle = "TryOn";
            page.SwaggerEndpoint($"/openapi/{Name}.json", "TryOn");
        });
    }
}
