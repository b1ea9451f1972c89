using System.Collections.Immutable;
using TryOn.Api.Inputs;
using TryOn.Core.Errors;

namespace TryOn.Api.Jobs;

/// <summary>
/// Reads <c>POST /api/v1/tryon</c> as multipart. A field may be spelled <c>person_images</c>, <c>person_images[]</c> or
/// <c>person_image</c>, and may hold a file or a URL.
/// </summary>
public static class TryOnForm
{
    public static async Task<Result<TryOnRequest>> Read(HttpRequest request, CancellationToken cancellation)
    {
        if (await ReadForm(request, cancellation) is not { } form)
            return new Error(ErrorCode.InvalidRequest, "The form ends before its last boundary.");
        var persons = await Images(form, "person_image", cancellation);
        var garments = await Images(form, "garment_image", cancellation);
        var mask = await Images(form, "mask", cancellation);
        if (mask.Length > 1)
            return new Error(ErrorCode.InvalidRequest, "A request has one mask at most.", "mask");
        var fast = form["fast_mode"].ToString();
        if (fast.Length > 0 && !bool.TryParse(fast, out _))
            return new Error(ErrorCode.InvalidRequest, "fast_mode is true or false.", "fast_mode");
        return new TryOnRequest(
            form["model"], persons, garments, mask.FirstOrDefault(), form["prompt"],
            bool.TryParse(fast, out var on) && on, request.Headers["Idempotency-Key"], form["user"],
            Async: TryOnBody.IsAsync(form["mode"]))
        {
            WebhookUrl = form["webhook_url"],
        };
    }

    /// <summary>
    /// Null for a truncated form, which the framework reports with the same exception type as a failing disk.
    /// </summary>
    public static async Task<IFormCollection?> ReadForm(HttpRequest request, CancellationToken cancellation)
    {
        try
        {
            return await request.ReadFormAsync(cancellation);
        }
        catch (IOException truncated) when (truncated is not BadHttpRequestException)
        {
            return null;
        }
    }

    private static async Task<ImmutableArray<ImageReference>> Images(
        IFormCollection form, string name, CancellationToken cancellation)
    {
        return await Images(form, cancellation, name, $"{name}s", $"{name}[]", $"{name}s[]");
    }

    public static async Task<ImmutableArray<ImageReference>> Images(
        IFormCollection form, CancellationToken cancellation, params string[] spellings)
    {
        var images = ImmutableArray.CreateBuilder<ImageReference>();
        foreach (var spelling in spellings)
        {
            foreach (var file in form.Files.Where(file => file.Name == spelling))
                images.Add(new ImageReference(spelling, await ReadBytes(file, cancellation), Url: null));
            foreach (var url in form[spelling].Where(url => !string.IsNullOrEmpty(url)))
                images.Add(new ImageReference(spelling, Content: null, url));
        }

        return images.ToImmutable();
    }

    private static async Task<byte[]> ReadBytes(IFormFile file, CancellationToken cancellation)
    {
        var content = new byte[file.Length];
        await using var stream = file.OpenReadStream();
        await stream.ReadExactlyAsync(content, cancellation);
        return content;
    }
}
