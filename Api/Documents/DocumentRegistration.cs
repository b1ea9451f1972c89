using Microsoft.OpenApi;

namespace TryOn.Api.Documents;

/// <summary>The OpenAPI document, made from the routes themselves, and a page to read it and try it.</summary>
public static class DocumentRegistration
{
    public const string Name = "v1";
    public const string Path = "/openapi/{documentName}.json";

    public static void AddDocuments(this WebApplicationBuilder builder) => builder.Services.AddOpenApi(Name, options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        // HEAD says nothing that GET does not say, and would double what there is to read.
        options.ShouldInclude = route => route.HttpMethod != HttpMethods.Head;
        options.AddDocumentTransformer<DocumentFrame>();
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
