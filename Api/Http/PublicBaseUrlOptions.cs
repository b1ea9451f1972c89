namespace TryOn.Api.Http;

/// <summary>Section <c>TryOn</c>.</summary>
public sealed class PublicBaseUrlOptions
{
    /// <summary>
    /// Base of result and polling addresses, such as <c>https://tryon.example.com</c>; needed behind a proxy. Default:
    /// empty, which uses the host of each request.
    /// </summary>
    public string PublicBaseUrl { get; set; } = "";
}
