using Microsoft.Extensions.Options;

namespace TryOn.Api.Http;

public sealed class PublicBaseUrlOptionsValidator : IValidateOptions<PublicBaseUrlOptions>
{
    public ValidateOptionsResult Validate(string? name, PublicBaseUrlOptions options) =>
        options.PublicBaseUrl.Length == 0
        || (Uri.TryCreate(options.PublicBaseUrl, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"TryOn:PublicBaseUrl is '{options.PublicBaseUrl}'; set it to an http or https address, or leave it "
                    + "out.");
}
