using System.Net;
using TryOn.Core.Egress;
using TryOn.Core.Errors;
using PublicNetwork = TryOn.Core.Egress.PublicAddress;

namespace TryOn.Api.Dialects;

/// <summary>
/// Where a caller wants to be told of a job's end. Only its form is judged here: where its name leads is known when
/// something is sent there, and is judged then, by the rules for every address that a stranger wrote.
/// </summary>
public sealed record WebhookAddress(Uri? Url)
{
    private const int LengthMax = 2048;

    private static readonly Error Refused = new(
        ErrorCode.InvalidRequest, $"webhook_url is a public https address of at most {LengthMax} characters.", "webhook_url");

    /// <summary>None was given where the address is null.</summary>
    public static Result<WebhookAddress> Read(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return new WebhookAddress(Url: null);
        return text.Length <= LengthMax && Uri.TryCreate(text, UriKind.Absolute, out var url) && Fits(url)
            ? new WebhookAddress(url)
            : Refused;
    }

    private static bool Fits(Uri url) =>
        url.Scheme == Uri.UriSchemeHttps && url.UserInfo.Length == 0 && url.Fragment.Length == 0
        && (IPAddress.TryParse(url.IdnHost, out var address)
            ? PublicNetwork.IsPublic(address)
            : HostName.IsPlain(url.IdnHost) && url.IdnHost.Contains('.', StringComparison.Ordinal));
}
