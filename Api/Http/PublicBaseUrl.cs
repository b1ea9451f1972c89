using Microsoft.Extensions.Options;

namespace TryOn.Api.Http;

/// <summary>The base address at which clients reach the gateway.</summary>
public sealed class PublicBaseUrl(IOptions<PublicBaseUrlOptions> options)
{
    public string ForRequest(HttpRequest request) => options.Value.PublicBaseUrl is { Length: > 0 } configured
        ? configured.TrimEnd('/')
        : $"{request.Scheme}://{request.Host}";
}
