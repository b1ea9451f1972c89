using Microsoft.Extensions.Options;
using TryOn.Core.Models;

namespace TryOn.Api.Dialects;

public sealed class SurfaceOptionsValidator : IValidateOptions<SurfaceOptions>
{
    public ValidateOptionsResult Validate(string? name, SurfaceOptions options)
    {
        var builder = new ValidateOptionsResultBuilder();
        Check(builder, nameof(options.ClothesModel), options.ClothesModel, _ => true);
        Check(builder, nameof(options.AccessoriesModel), options.AccessoriesModel, _ => true);
        // A haircut exists only in the prompt: a model that ignores the prompt would return the same picture and charge
        // for it.
        Check(builder, nameof(options.HairstyleModel), options.HairstyleModel, model =>
            model.Capabilities.PromptOverride);
        return builder.Build();
    }

    private static void Check(ValidateOptionsResultBuilder builder, string key, string slug, Func<Model, bool> serves)
    {
        if (Catalog.Find(slug) is { } model && serves(model))
            return;
        var slugs = string.Join(", ", Catalog.Models.Where(serves).Select(served => served.Slug));
        builder.AddError($"TryOn:Surfaces:{key} is '{slug}'; set it to one of {slugs}.");
    }
}
