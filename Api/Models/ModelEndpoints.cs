using TryOn.Api.Documents;
using TryOn.Api.Errors;
using TryOn.Api.Keys;
using TryOn.Core.Errors;
using TryOn.Core.Models;

namespace TryOn.Api.Models;

public static class ModelEndpoints
{
    private const string Tag = "Models";
    private const string EndpointsSuffix = "/endpoints";

    public static IEndpointRouteBuilder MapModels(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/models", List).RequireKey()
            .Describe(Tag, "The models, with their capabilities and prices").ReturnsBody<ModelList>();
        routes.MapGet("/models/count", Count).RequireKey()
            .Describe(Tag, "The number of models").ReturnsBody<Enveloped<ModelCount>>();
        routes.MapGet("/models/{**id}", Read).RequireKey()
            .Describe(Tag, "One model by its slug; with /endpoints appended, the providers that serve it")
            .ReturnsBody<ModelObject>();
        routes.MapGet("/model/{author}/{slug}", ReadOne).RequireKey()
            .Describe(Tag, "One model, in OpenRouter's envelope").ReturnsBody<Enveloped<ModelObject>>();
        routes.MapGet("/images/models", ListImageModels).RequireKey()
            .Describe(Tag, "The models in OpenRouter's format for image models")
            .ReturnsBody<Enveloped<IReadOnlyList<ImageModel>>>();
        return routes;
    }

    private static IResult List([AsParameters] ModelFilter filter, HttpContext context, ModelRoutes routes) =>
        filter.Query()
            .ToHttp(query => TypedResults.Json(ModelList.FromQuery(context.Request, query, Describe(context, routes))));

    private static IResult Count([AsParameters] ModelFilter filter) =>
        filter.Query()
            .ToHttp(query => TypedResults.Json(new Enveloped<ModelCount>(new ModelCount(query.Matches().Count))));

    /// <summary>
    /// Reads the rest of the path as a slug. A slug contains a slash, which OpenAI's client sends as %2F and routing
    /// does not unescape. OpenRouter's clients append <c>/endpoints</c>.
    /// </summary>
    private static IResult Read(string id, HttpContext context, ModelRoutes routes)
    {
        var slug = Uri.UnescapeDataString(id);
        if (slug.EndsWith(EndpointsSuffix, StringComparison.Ordinal)
            && Catalog.Find(slug[..^EndpointsSuffix.Length]) is { } served)
            return TypedResults.Json(new Enveloped<ModelEndpointList>(ModelEndpointList.FromModel(served)));
        return Catalog.Find(slug) is { } model ? TypedResults.Json(Describe(context, routes)(model)) : NoSuchModel();
    }

    /// <summary>Returns one model in an envelope, as OpenRouter's client expects it at this path.</summary>
    private static IResult ReadOne(string author, string slug, HttpContext context, ModelRoutes routes) =>
        Catalog.Find($"{author}/{slug}") is { } model
            ? TypedResults.Json(new Enveloped<ModelObject>(Describe(context, routes)(model)))
            : NoSuchModel();

    private static Func<Model, ModelObject> Describe(HttpContext context, ModelRoutes routes)
    {
        var mode = Caller.FromContext(context).Account.Mode;
        return model => routes.Describe(model, mode);
    }

    private static IResult ListImageModels() =>
        TypedResults.Json(new Enveloped<IReadOnlyList<ImageModel>>([.. Catalog.Models.Select(ImageModel.FromModel)]));

    private static ErrorResult NoSuchModel() =>
        new(new Error(ErrorCode.ModelNotFound, "There is no such model.", "id"));
}

/// <summary>
/// Query parameters, bound as text so that a value that is not a number gets the gateway's own error.
/// </summary>
public sealed record ModelFilter(
    string? Q,
    [property: Microsoft.AspNetCore.Mvc.FromQuery(Name = "output_modalities")] string? OutputModalities,
    [property: Microsoft.AspNetCore.Mvc.FromQuery(Name = "input_modalities")] string? InputModalities,
    [property: Microsoft.AspNetCore.Mvc.FromQuery(Name = "supported_parameters")] string? SupportedParameters,
    string? Sort,
    string? Offset,
    string? Limit)
{
    public Result<ModelQuery> Query()
    {
        if (Offset is not null && !(int.TryParse(Offset, out var from) && from >= 0))
            return new Error(ErrorCode.InvalidRequest, "offset is a whole number from 0.", "offset");
        if (Limit is not null && !(int.TryParse(Limit, out var size) && size is > 0 and <= ModelQuery.LimitMax))
            return new Error(
                ErrorCode.InvalidRequest, $"limit is a whole number from 1 to {ModelQuery.LimitMax}.", "limit");
        return new ModelQuery(
            Q, OutputModalities, InputModalities, SupportedParameters, Sort, Offset is null ? null : int.Parse(Offset),
            Limit is null ? null : int.Parse(Limit));
    }
}
