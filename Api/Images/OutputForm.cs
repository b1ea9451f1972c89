namespace TryOn.Api.Images;

/// <summary>OpenRouter's free map of wishes about the picture. Only the form of the answer is read.</summary>
/// <param name="ResponseFormat"><c>url</c>, or <c>b64</c> (<c>b64_json</c>) for data URLs.</param>
public sealed record ImageConfig(string? ResponseFormat);

/// <summary>
/// Whether pictures come as addresses or as data URLs. An address is short and can be shown by a browser; a data URL is
/// what clients need that decode the picture on the spot.
/// </summary>
public static class OutputForm
{
    private const string Header = "X-Tryon-Image-Format";

    /// <summary>
    /// Vercel's AI SDK decodes whatever an image's url holds as base64, and chokes on an address. Its provider names itself
    /// in some calls (<c>ai-sdk/openrouter/2.10.0 …</c>) and not in others (<c>ai/6.0.322 ai-sdk/provider-utils/4.0.23 …</c>).
    /// </summary>
    private const string NeedsDataUrls = "ai-sdk/";

    public static bool Inline(HttpRequest request, ImageConfig? config, bool? base64) =>
        Word(config?.ResponseFormat) ?? base64 ?? Word(request.Headers[Header])
        ?? request.Headers.UserAgent.ToString().Contains(NeedsDataUrls, StringComparison.OrdinalIgnoreCase);

    private static bool? Word(string? format) => format?.ToLowerInvariant() switch
    {
        "url" => false,
        "b64" or "b64_json" or "base64" => true,
        _ => null,
    };
}
