using System.Collections.Immutable;
using TryOn.Api.Inputs;
using TryOn.Core.Errors;
using TryOn.Core.Models;

namespace TryOn.Api.Jobs;

/// <summary>The pictures of a request, and the candidate models that accept them.</summary>
/// <param name="Models">Never empty; in the order of the candidates.</param>
internal sealed record CheckedInputs(
    ImmutableArray<Model> Models, CheckedImages Persons, CheckedImages Garments, CheckedImage? Mask = null);

/// <summary>
/// Loads each of a request's pictures once and checks them against every candidate model. A model that does not accept
/// them is left out; if none accepts them, the first one's error is returned.
/// </summary>
public sealed class InputReader(ImageReader reader)
{
    internal async Task<Result<CheckedInputs>> Read(
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

    private async Task<Result<CheckedInputs>> WithMask(
        CheckedInputs inputs, ImageReference image, CancellationToken cancellation)
    {
        var content = await reader.Load(
            image, inputs.Models.Max(model => model.Capabilities.Pictures.BytesMax), cancellation);
        if (!content.Ok)
            return content.Error;
        return MaskCheck.Check(content.Value, image, inputs.Persons.Items[0]).Map(mask => inputs with { Mask = mask });
    }

    private static Result<CheckedInputs> Check(
        ImmutableArray<(ImageReference Image, byte[] Content)> loaded, int persons, ImmutableArray<Model> models)
    {
        var checks = models.Select(model => (Model: model, Images: Check(loaded, model))).ToList();
        var accepting = checks.Where(check => check.Images.Ok).ToList();
        if (accepting is not [var first, ..])
            return checks[0].Images.Error!;
        // The checked pictures are the same for all models: a model's limits only accept or reject them.
        var images = first.Images.Value!.Items;
        return new CheckedInputs(
            [.. accepting.Select(check => check.Model)], new CheckedImages(images[..persons]),
            new CheckedImages(images[persons..]));
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
