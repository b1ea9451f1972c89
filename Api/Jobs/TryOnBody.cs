using System.Collections.Immutable;
using System.Text.Json.Serialization;
using TryOn.Api.Http;
using TryOn.Api.Inputs;
using TryOn.Core.Errors;

namespace TryOn.Api.Jobs;

/// <summary>
/// The JSON body of <c>POST /api/v1/tryon</c>: the form's field names, with images as https or data URLs, one or a
/// list.
/// </summary>
public sealed record TryOnBody(
    string? Model,
    [property: JsonConverter(typeof(OneOrMany))] ImmutableArray<string>? PersonImages,
    [property: JsonConverter(typeof(OneOrMany))] ImmutableArray<string>? GarmentImages,
    [property: JsonConverter(typeof(OneOrMany))] ImmutableArray<string>? PersonImage,
    [property: JsonConverter(typeof(OneOrMany))] ImmutableArray<string>? GarmentImage,
    string? Mask,
    string? Prompt,
    bool? FastMode,
    string? User,
    string? Mode,
    string? WebhookUrl = null)
{
    public static async Task<Result<TryOnRequest>> Read(HttpRequest request, CancellationToken cancellation) =>
        (await HashedJson<TryOnBody>.Read(request, cancellation)).Map(read => read.Body.ToRequest(request, read.Hash));

    /// <summary>Any other value of the mode is ignored.</summary>
    public static bool IsAsync(string? mode) => string.Equals(mode, "async", StringComparison.OrdinalIgnoreCase);

    private TryOnRequest ToRequest(HttpRequest request, string hash) => new(
        Model, References("person_images", PersonImages ?? PersonImage),
        References("garment_images", GarmentImages ?? GarmentImage), MaskOf(Mask), Prompt, FastMode ?? false,
        request.Headers["Idempotency-Key"], User, RetryMark: RetryMark.WhenMarked(request, hash), Async: IsAsync(Mode))
    {
        WebhookUrl = WebhookUrl,
    };

    private static ImageReference? MaskOf(string? url) =>
        string.IsNullOrEmpty(url) ? null : new ImageReference("mask", Content: null, url);

    private static ImmutableArray<ImageReference> References(string param, ImmutableArray<string>? urls) =>
        [.. (urls ?? []).Select(url => new ImageReference(param, Content: null, url))];
}
