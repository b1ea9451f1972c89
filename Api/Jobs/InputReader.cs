using System.Collections.Immutable;
using TryOn.Api.Images;
using TryOn.Core.Errors;
using TryOn.Core.Models;

namespace TryOn.Api.Jobs;

/// <summary>The pictures of a request, and those of the models in question that take them.</summary>
/// <param name="Models">Never empty; in the order in which they were in question.</param>
internal sealed record Inputs(ImmutableArray<Model> Models, CheckedImages Persons, CheckedImages Garments, CheckedImage? Mask = null);

/// <summary>
/// Brings a request's pictures in, each once, and holds them against every model that may answer. A model that cannot take
/// them is left out; where none can, the first one's words are the refusal.
/// </summary>
public sealed class InputReader(ImageReader reader)
{
    internal async Task<Result<Inputs>> Read(
        TryOnRequest request, ImmutableArray<Model> models, CancellationToken cancellation)
    {
        var bytesMax = models.Max(model => model.Capabilities.Pictures.BytesMax);
        var loaded = ImmutableArray.CreateBuilder<(ImageReference Image, byte[] Content)>();
        foreach (var image in request.Persons.Concat(request.Garments))
        {
            var content = await reader.Load(image, bytesMax, cancellation);
            if (!content.Ok)
                return content.Error;
            loaded.Add((image, content.Value));
        }

        var inputs = Check(loaded.ToImmutable(), request.Persons.Length, models);
        return inputs.Ok && request.Mask is { } mask ? await WithMask(inputs.Value, mask, cancellation) : inputs;
    }

    private async Task<Result<Inputs>> WithMask(Inputs inputs, ImageReference image, CancellationToken cancellation)
    {
        var content = await reader.Load(image, inputs.Models.Max(model => model.Capabilities.Pictures.BytesMax), cancellation);
        if (!content.Ok)
            return content.Error;
        return MaskCheck.Check(content.Value, image, inputs.Persons.Items[0]).Map(mask => inputs with { Mask = mask });
    }

    private static Result<Inputs> Check(
        ImmutableArray<(ImageReference Image, byte[] Content)> loaded, int persons, ImmutableArray<Model> models)
    {
        var able = models.Select(model => (Model: model, Images: Check(loaded, model))).ToList();
        var takers = able.Where(taker => taker.Images.Ok).ToList();
        if (takers is not [var first, ..])
            return able[0].Images.Error!;
        // What is kept of a picture is the same for all: limits only say yes or no.
        var images = first.Images.Value!.Items;
        return new Inputs(
            [.. takers.Select(taker => taker.Model)], new CheckedImages(images[..persons]), new CheckedImages(images[persons..]));
    }

    private static Result<CheckedImages> Check(
        ImmutableArray<(ImageReference Image, byte[] Content)> loaded, Model model)
    {
        var images = ImmutableArray.CreateBuilder<CheckedImage>();
        foreach (var (image, content) in loaded)
        {
            var checkedImage = ImageReader.Check(content, image, model);
            if (!checkedImage.Ok)
                return checkedImage.Error;
            images.Add(checkedImage.Value);
        }

        return new CheckedImages(images.ToImmutable());
    }
}
