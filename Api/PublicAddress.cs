using Microsoft.Extensions.Options;

namespace TryOn.Api;

/// <summary>The address clients know the gateway by.</summary>
public sealed class PublicAddress(IOptions<PublicAddressOptions> options)
{
    public string Of(HttpRequest request) => options.Value.PublicBaseUrl is { Length: > 0 } configured
        ? configured.TrimEnd('/')
        : $"{request.Scheme}://{request.Host}";
}

/// <summary>Section <c>TryOn</c>.</summary>
public sealed class PublicAddressOptions
{
    /// <summary>
    /// What result and polling addresses begin with, such as <c>https://tryon.example.com</c>; needed behind a proxy.
    /// Default: empty, the host each request names.
    /// </summary>
    public string PublicBaseUrl { get; set; } = "";
}

public sealed class PublicAddressOptionsValidator : IValidateOptions<PublicAddressOptions>
{
    public ValidateOptionsResult Validate(string? name, PublicAddressOptions options) =>
        options.PublicBaseUrl.Length == 0
        || (Uri.TryCreate(options.PublicBaseUrl, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"TryOn:PublicBaseUrl is '{options.PublicBaseUrl}'; set it to an http or https address, or leave it out.");
}
