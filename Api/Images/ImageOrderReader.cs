using System.Collections.Immutable;
using System.Text.Json;
using TryOn.Api.Http;
using TryOn.Api.Inputs;
using TryOn.Api.Jobs;
using TryOn.Api.Models;
using TryOn.Core.Errors;

namespace TryOn.Api.Images;

/// <summary>Reads an image request, in JSON or as the form that OpenAI's clients send for edits.</summary>
public static class ImageOrderReader
{
    public static async Task<Result<ImageOrder>> Read(HttpRequest request, CancellationToken cancellation)
    {
        if (FormBody.IsForm(request))
        {
            var form = await ImageForm.Read(request, cancellation);
            return form.Ok
                ? Order(request, form.Value.Body, form.Value.Images, form.Value.Mask, RetryMark.FromForm(request))
                : form.Error;
        }

        var read = await HashedJson<ImageRequest>.Read(request, cancellation);
        if (!read.Ok)
            return read.Error;
        var body = read.Value.Body;
        ImmutableArray<ImageReference> images =
        [
            .. (body.InputReferences ?? []).Select(item => Reference("input_references", item)),
            .. (body.Images ?? []).Select(item => Reference("images", item)),
            .. (body.Image ?? []).Select(url => new ImageReference("image", Content: null, url)),
        ];
        var mask = body.Mask is { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } given
            ? Reference("mask", given)
            : null;
        return Order(request, body, images, mask, RetryMark.FromRequest(request, read.Value.Hash));
    }

    private static Result<ImageOrder> Order(
        HttpRequest request, ImageRequest body, ImmutableArray<ImageReference> images, ImageReference? mask,
        RetryMark mark)
    {
        var routing = new Routing(
            [.. (body.Models ?? []).Prepend(body.Model).OfType<string>().Distinct()], body.Provider);
        if (routing.Models.Length is 0 or > Routing.ModelsMax)
            return new Error(ErrorCode.InvalidRequest, "A request names one model.", "model");
        var roles = ImageRoles.Resolve([.. images.Select(_ => new StatedRole())], body.TryonRoles ?? []);
        if (!roles.Ok)
            return roles.Error;
        var tryOn = new TryOnRequest(
            routing.Models[0], InRole(images, roles.Value, ImageRoles.Person),
            InRole(images, roles.Value, ImageRoles.Garment), mask, body.Prompt, FastMode: false,
            request.Headers["Idempotency-Key"], body.User, body.N ?? 1, routing, mark)
        {
            Streamed = body.Stream == true,
        };
        return new ImageOrder(tryOn, tryOn.Streamed, body.ResponseFormat != "url");
    }

    private static ImmutableArray<ImageReference> InRole(
        ImmutableArray<ImageReference> images, ImageRoles roles, string role) =>
        [.. images.Where((_, index) => roles.Items[index] == role)];

    private static ImageReference Reference(string param, JsonElement item) =>
        new(param, Content: null, PictureJson.Find(item));
}
