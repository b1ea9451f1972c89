using System.Collections.Immutable;
using TryOn.Api.Inputs;
using TryOn.Core.Errors;
using TryOn.Core.Images;
using TryOn.Core.Models;

namespace TryOn.Api.Jobs;

/// <summary>The pictures of a request, and the candidate models that take them.</summary>
/// <param name="Models">Never empty; in the order of the candidates.</param>
internal sealed record CheckedInputs(
    ImmutableArray<Model> Models, CheckedImages Persons, CheckedImages Garments, CheckedImage? Mask = null);

/// <summary>
/// Loads each picture of a request once and makes it into one that every candidate model takes. A model that wants
/// larger pictures is left out; if no model is left, the refusal is the first model's.
/// </summary>
public sealed class InputReader(ImageLoader reader, InputPictures pictures)
{
    internal async Task<Result<CheckedInputs>> Read(
        TryOnRequest request, ImmutableArray<Model> models, CancellationToken cancellation)
    {
        var target = ImageTarget.Combine([.. models.Select(model => model.Capabilities.Pictures)]);
        var images = ImmutableArray.CreateBuilder<CheckedImage>();
        foreach (var image in request.Persons.Concat(request.Garments))
        {
            var content = await reader.Load(image, ImageLimits.Source.BytesMax, cancellation);
            if (!content.Ok)
                return content.Error;
            var picture = await pictures.Normalize(content.Value, image, target, cancellation);
            if (!picture.Ok)
                return picture.Error;
            images.Add(picture.Value);
        }

        var inputs = Select(images.ToImmutable(), request, models);
        return inputs.Ok && request.Mask is { } mask ? await WithMask(inputs.Value, mask, cancellation) : inputs;
    }

    private async Task<Result<CheckedInputs>> WithMask(
        CheckedInputs inputs, ImageReference image, CancellationToken cancellation)
    {
        var content = await reader.Load(image, ImageLimits.Source.BytesMax, cancellation);
        if (!content.Ok)
            return content.Error;
        return (await pictures.NormalizeMask(content.Value, image, inputs.Persons.Items[0], cancellation))
            .Map(mask => inputs with { Mask = mask });
    }

    private static Result<CheckedInputs> Select(
        ImmutableArray<CheckedImage> images, TryOnRequest request, ImmutableArray<Model> models)
    {
        var takers = models.RemoveAll(model => images.Any(image => IsTooSmall(image, model)));
        if (!takers.IsEmpty)
        {
            var persons = request.Persons.Length;
            return new CheckedInputs(
                takers, new CheckedImages(images[..persons]), new CheckedImages(images[persons..]));
        }

        var index = images.IndexOf(images.First(image => IsTooSmall(image, models[0])));
        return new Error(
            ErrorCode.ImageTooSmall,
            $"The image is {images[index].Shown} pixels; the shortest side allowed is "
                + $"{models[0].Capabilities.Pictures.Limits.SideMin}.",
            request.Persons.Concat(request.Garments).ElementAt(index).Param);
    }

    private static bool IsTooSmall(CheckedImage image, Model model) =>
        Math.Min(image.Info.Sides.Width, image.Info.Sides.Height) < model.Capabilities.Pictures.Limits.SideMin;
}
