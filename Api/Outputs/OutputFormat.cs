namespace TryOn.Api.Outputs;

/// <summary>OpenRouter's free-form image options. Only the response format is read.</summary>
/// <param name="ResponseFormat"><c>url</c>, or <c>b64</c> (<c>b64_json</c>) for data URLs.</param>
public sealed record ImageConfig(string? ResponseFormat);

/// <summary>
/// Decides whether pictures are returned as addresses or as data URLs. An address is short and a browser can show it;
/// data URLs are for clients that decode the picture at once.
/// </summary>
public static class OutputFormat
{
    private const string Header = "X-Tryon-Image-Format";

    /// <summary>
    /// Part of the User-Agent of Vercel's AI SDK, which decodes an image's url as base64 and fails on an address. Its
    /// provider names itself in some calls (<c>ai-sdk/openrouter/2.10.0 …</c>) and not in others (<c>ai/6.0.322
    /// ai-sdk/provider-utils/4.0.23 …</c>).
    /// </summary>
    private const string NeedsDataUrls = "ai-sdk/";

    public static bool Inline(HttpRequest request, ImageConfig? config, bool? base64) =>
        AsksForDataUrls(config?.ResponseFormat) ?? base64 ?? AsksForDataUrls(request.Headers[Header])
        ?? request.Headers.UserAgent.ToString().Contains(NeedsDataUrls, StringComparison.OrdinalIgnoreCase);

    private static bool? AsksForDataUrls(string? format) => format?.ToLowerInvariant() switch
    {
        "url" => false,
        "b64" or "b64_json" or "base64" => true,
        _ => null,
    };
}
