using System.Collections.Immutable;
using TryOn.Api.Http;
using TryOn.Api.Inputs;
using TryOn.Core.Errors;

namespace TryOn.Api.Jobs;

/// <summary>
/// Reads <c>POST /api/v1/tryon</c> as multipart. A field may be spelled <c>person_images</c>, <c>person_images[]</c>,
/// <c>person_images[0]</c> or <c>person_image</c>, and may hold a file or a text that stands for a picture.
/// </summary>
public static class TryOnForm
{
    public static async Task<Result<TryOnRequest>> Read(HttpRequest request, CancellationToken cancellation)
    {
        var read = await FormBody.Read(request, cancellation);
        if (!read.Ok)
            return read.Error;
        var form = read.Value;
        var pictures = new FormPictures(form);
        var persons = pictures.In("person_image", "person_images");
        var garments = pictures.In("garment_image", "garment_images");
        var mask = pictures.In("mask");
        if (pictures.Refusal is { } refusal)
            return refusal;
        if (mask.Length > 1)
            return new Error(ErrorCode.InvalidRequest, "A request has one mask at most.", "mask");
        if (!TruthValue.TryRead(form.Text("fast_mode"), out var fast))
            return TruthValue.Refusal("fast_mode");
        return new TryOnRequest(
            form.Text("model"), persons, garments, mask.FirstOrDefault(), form.Text("prompt"), fast == true,
            request.Headers["Idempotency-Key"], form.Text("user"), Async: TryOnBody.IsAsync(form.Text("mode")))
        {
            WebhookUrl = form.Text("webhook_url"),
        };
    }
}
