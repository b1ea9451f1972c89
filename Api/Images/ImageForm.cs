using System.Collections.Immutable;
using System.Text.Json;
using TryOn.Api.Http;
using TryOn.Api.Inputs;
using TryOn.Api.Jobs;
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
        if (await TryOnForm.ReadForm(request, cancellation) is not { } form)
            return new Error(ErrorCode.InvalidRequest, "The form ends before its last boundary.");
        var json = JsonBody.OptionsOf(request);
        var count = form["n"].ToString();
        if (count.Length > 0 && !int.TryParse(count, out _))
            return new Error(ErrorCode.InvalidRequest, "n is a number.", "n");
        if (!Parse(form, "models", json, out ImmutableArray<string>? models))
            return new Error(ErrorCode.InvalidRequest, "models is a list of slugs, in JSON.", "models");
        if (!Parse(form, "provider", json, out ProviderPreferences? provider))
            return new Error(ErrorCode.InvalidRequest, "provider is an object, in JSON.", "provider");
        var masks = await TryOnForm.Images(form, cancellation, "mask");
        if (masks.Length > 1)
            return new Error(ErrorCode.InvalidRequest, "A request has one mask at most.", "mask");
        var body = new ImageRequest(
            form["model"], models, provider, form["prompt"], int.TryParse(count, out var n) ? n : null,
            form["stream"] == "true", form["user"], form["response_format"], InputReferences: null, Images: null,
            Image: null, Roles(form), Mask: null);
        var images = await TryOnForm.Images(form, cancellation, "image", "image[]", "images", "images[]");
        return new ImageForm(body, images, masks.FirstOrDefault());
    }

    /// <summary>
    /// Parses a form field that holds JSON, since forms have no lists or objects. False if the field is not valid.
    /// </summary>
    private static bool Parse<T>(IFormCollection form, string name, JsonSerializerOptions json, out T? value)
    {
        value = default;
        if (form[name].ToString() is not { Length: > 0 } text)
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

    private static ImmutableArray<string> Roles(IFormCollection form) =>
    [
        .. form["tryon_roles"].Concat(form["tryon_roles[]"]).SelectMany(
            text => (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)),
    ];
}
