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
            .Says(Tag, "The models, with what they take and cost").Answers<ModelList>();
        routes.MapGet("/models/count", Count).RequireKey()
            .Says(Tag, "How many models there are").Answers<Enveloped<ModelCount>>();
        routes.MapGet("/models/{**id}", Read).RequireKey()
            .Says(Tag, "One model by its slug; with /endpoints behind it, who serves it").Answers<ModelObject>();
        routes.MapGet("/model/{author}/{slug}", ReadOne).RequireKey()
            .Says(Tag, "One model, in OpenRouter's envelope").Answers<Enveloped<ModelObject>>();
        routes.MapGet("/images/models", ListImageModels).RequireKey()
            .Says(Tag, "The models as OpenRouter lists image models").Answers<Enveloped<IReadOnlyList<ImageModel>>>();
        return routes;
    }

    private static IResult List([AsParameters] ModelFilter filter, HttpContext context, ModelRoutes routes) =>
        filter.Query().ToHttp(query => TypedResults.Json(ModelList.Of(context.Request, query, Describe(context, routes))));

    private static IResult Count([AsParameters] ModelFilter filter) =>
        filter.Query().ToHttp(query => TypedResults.Json(new Enveloped<ModelCount>(new ModelCount(query.Matches().Count))));

    /// <summary>
    /// A slug has a slash, which OpenAI's client writes as %2F and routing leaves as it is. OpenRouter asks for a model's
    /// endpoints below it, so the rest of the path is read here.
    /// </summary>
    private static IResult Read(string id, HttpContext context, ModelRoutes routes)
    {
        var slug = Uri.UnescapeDataString(id);
        if (slug.EndsWith(EndpointsSuffix, StringComparison.Ordinal) && Catalog.Find(slug[..^EndpointsSuffix.Length]) is { } served)
            return TypedResults.Json(new Enveloped<ModelEndpointList>(ModelEndpointList.Of(served)));
        return Catalog.Find(slug) is { } model ? TypedResults.Json(Describe(context, routes)(model)) : NoSuchModel();
    }

    /// <summary>OpenRouter's client asks here for one model, and wants it in an envelope.</summary>
    private static IResult ReadOne(string author, string slug, HttpContext context, ModelRoutes routes) =>
        Catalog.Find($"{author}/{slug}") is { } model
            ? TypedResults.Json(new Enveloped<ModelObject>(Describe(context, routes)(model)))
            : NoSuchModel();

    private static Func<Model, ModelObject> Describe(HttpContext context, ModelRoutes routes)
    {
        var mode = Caller.Of(context).Account.Mode;
        return model => routes.Describe(model, mode);
    }

    private static IResult ListImageModels() =>
        TypedResults.Json(new Enveloped<IReadOnlyList<ImageModel>>([.. Catalog.Models.Select(ImageModel.Of)]));

    private static ErrorResult NoSuchModel() => new(new Error(ErrorCode.ModelNotFound, "There is no such model.", "id"));
}

/// <summary>The query string, as text: what is no number is an error of ours to tell, in our own form.</summary>
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
            return new Error(ErrorCode.InvalidRequest, $"limit is a whole number from 1 to {ModelQuery.LimitMax}.", "limit");
        return new ModelQuery(
            Q, OutputModalities, InputModalities, SupportedParameters, Sort, Offset is null ? null : int.Parse(Offset),
            Limit is null ? null : int.Parse(Limit));
    }
}
