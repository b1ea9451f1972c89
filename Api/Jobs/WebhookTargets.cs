using TryOn.Api.Http;
using TryOn.Core.Accounts;
using TryOn.Core.Egress;
using TryOn.Core.Errors;
using TryOn.Core.Jobs;
using TryOn.Engine.Egress;

namespace TryOn.Api.Jobs;

/// <summary>
/// Checks whether webhooks may be sent to an address, as far as the address itself shows it. The IP address behind it
/// is checked each time a webhook is sent.
/// </summary>
public sealed class WebhookTargets(EgressAllowList allow, PublicBaseUrl address, IHttpContextAccessor requests)
{
    private const int LengthMax = 2048;

    /// <summary>Null if the address is allowed or there is none.</summary>
    public Error? Refuse(string? url, string param) => string.IsNullOrEmpty(url) || IsAllowed(url)
        ? null
        : new Error(
            ErrorCode.InvalidRequest,
            $"A webhook's address is public, https, of at most {LengthMax} characters, and names no user.", param);

    /// <summary>The request's own address, or the account's; null if neither names one.</summary>
    /// <param name="form">Format of messages to the request's own address; the account's address gets the gateway's
    /// format.</param>
    public JobWebhook? Resolve(string? url, string? form, AccountView account)
    {
        var (target, targetForm) = string.IsNullOrEmpty(url) ? (account.Webhooks.Url, null) : (url, form);
        return target is not null && requests.HttpContext is { } context
            ? new JobWebhook(target, address.ForRequest(context.Request), targetForm)
            : null;
    }

    private bool IsAllowed(string url) =>
        url.Length <= LengthMax && Uri.TryCreate(url, UriKind.Absolute, out var uri)
            && EgressTarget.Parse(uri) is { } target
        && (allow.Allows(target.Host, target.Port) || (target.Encrypted && IsPublic(target.Host)));

    /// <summary>A host name without a dot belongs to the machine or the local network.</summary>
    private static bool IsPublic(string host) => LiteralAddress.Parse(host) is { } literal
        ? PublicAddress.IsPublic(literal)
        : host.Contains('.', StringComparison.Ordinal);
}
