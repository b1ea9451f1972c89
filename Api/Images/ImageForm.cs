using System.Collections.Immutable;
using System.Text.Json;
using TryOn.Api.Http;
using TryOn.Api.Inputs;
using TryOn.Api.Models;
using TryOn.Core.Errors;

namespace TryOn.Api.Images;

/// <summary>
/// An image request as the multipart form that OpenAI's clients send for edits, with the same fields as the JSON.
/// </summary>
public sealed record ImageForm(ImageRequest Body, ImmutableArray<ImageReference> Images, ImageReference? Mask)
{
    public static async Task<Result<ImageForm>> Read(HttpRequest request, CancellationToken cancellation)
    {
        var read = await FormBody.Read(request, cancellation);
        if (!read.Ok)
            return read.Error;
        var form = read.Value;
        var json = JsonBody.OptionsOf(request);
        var count = form.Text("n") ?? "";
        if (count.Length > 0 && !int.TryParse(count, out _))
            return new Error(ErrorCode.InvalidRequest, "n is a number.", "n");
        if (!TruthValue.TryRead(form.Text("stream"), out var stream))
            return TruthValue.Refusal("stream");
        if (!Parse(form, "models", json, out ImmutableArray<string>? models))
            return new Error(ErrorCode.InvalidRequest, "models is a list of slugs, in JSON.", "models");
        if (!Parse(form, "provider", json, out ProviderPreferences? provider))
            return new Error(ErrorCode.InvalidRequest, "provider is an object, in JSON.", "provider");
        var pictures = new FormPictures(form);
        var masks = pictures.In("mask");
        var images = pictures.In("image", "images");
        if (pictures.Refusal is { } refusal)
            return refusal;
        if (masks.Length > 1)
            return new Error(ErrorCode.InvalidRequest, "A request has one mask at most.", "mask");
        var body = new ImageRequest(
            form.Text("model"), models, provider, form.Text("prompt"), int.TryParse(count, out var n) ? n : null,
            stream, form.Text("user"), form.Text("response_format"), InputReferences: null, Images: null, Image: null,
            Roles(form), Mask: null);
        return new ImageForm(body, images, masks.FirstOrDefault());
    }

    /// <summary>
    /// Parses a form field that holds JSON, since forms have no lists or objects. False if the field is not valid.
    /// </summary>
    private static bool Parse<T>(FormBody form, string name, JsonSerializerOptions json, out T? value)
    {
        value = default;
        if (form.Text(name) is not { Length: > 0 } text)
            return true;
        try
        {
            value = JsonSerializer.Deserialize<T>(text, json);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static ImmutableArray<string> Roles(FormBody form) =>
    [
        .. form.Texts("tryon_roles").SelectMany(text => text.Split(
            ',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)),
    ];
}
