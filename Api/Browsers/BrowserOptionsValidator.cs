using Microsoft.Extensions.Options;

namespace TryOn.Api.Browsers;

public sealed class BrowserOptionsValidator : IValidateOptions<BrowserOptions>
{
    public ValidateOptionsResult Validate(string? name, BrowserOptions options)
    {
        var builder = new ValidateOptionsResultBuilder();
        foreach (var origin in options.Origins.Where(origin => !IsOrigin(origin)))
        {
            builder.AddError(
                $"TryOn:Browsers:Origins has '{origin}'; write the scheme, host and port of a page, such as "
                    + "https://shop.example.");
        }

        return builder.Build();
    }

    /// <summary>
    /// Whether the text is an origin exactly as browsers send it. Any other spelling would silently never match.
    /// </summary>
    private static bool IsOrigin(string origin) => Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && uri.Scheme is "http" or "https" && uri.GetLeftPart(UriPartial.Authority) == origin;
}
