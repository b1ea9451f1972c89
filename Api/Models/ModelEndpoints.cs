using TryOn.Api.Errors;
using TryOn.Api.Keys;
using TryOn.Core.Errors;
using TryOn.Core.Models;

namespace TryOn.Api.Models;

public static class ModelEndpoints
{
    public static IEndpointRouteBuilder MapModels(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/models", List).RequireKey();
        routes.MapGet("/models/{**id}", Read).RequireKey();
        return routes;
    }

    private static IResult List() =>
        TypedResults.Json(ModelList.Of(Catalog.Models));

    /// <summary>OpenAI's client writes the slash of a slug as %2F, which routing leaves as it is.</summary>
    private static IResult Read(string id) => Catalog.Find(Uri.UnescapeDataString(id)) is { } model
        ? TypedResults.Json(ModelObject.Of(model))
        : new ErrorResult(new Error(ErrorCode.ModelNotFound, "There is no such model.", "id"));
}
