using TryOn.Core.Accounts;
using TryOn.Core.Egress;
using TryOn.Core.Errors;
using TryOn.Core.Jobs;
using TryOn.Engine.Egress;
using PublicNetwork = TryOn.Core.Egress.PublicAddress;

namespace TryOn.Api.Webhooks;

/// <summary>
/// Where webhooks may go, as far as an address shows it. What it resolves to is looked at each time one is sent.
/// </summary>
public sealed class WebhookTargets(EgressAllowList allow, PublicAddress address, IHttpContextAccessor requests)
{
    private const int LengthMax = 2048;

    /// <summary>Null when the address will do, or there is none.</summary>
    public Error? Refuse(string? url, string param) => string.IsNullOrEmpty(url) || Good(url)
        ? null
        : new Error(ErrorCode.InvalidRequest, $"A webhook's address is public, https, of at most {LengthMax} characters, and names no user.", param);

    /// <summary>The request's own address, or the account's; null where neither names one.</summary>
    /// <param name="form">Of messages to the request's own address; the account's one gets the gateway's.</param>
    public JobWebhook? Of(string? url, WebhookForm? form, AccountView account)
    {
        var (target, told) = string.IsNullOrEmpty(url) ? (account.Webhooks.Url, null) : (url, form);
        return target is not null && requests.HttpContext is { } context
            ? new JobWebhook(target, address.Of(context.Request), told)
            : null;
    }

    private bool Good(string url) =>
        url.Length <= LengthMax && Uri.TryCreate(url, UriKind.Absolute, out var uri) && EgressTarget.Parse(uri) is { } target
        && (allow.Allows(target.Host, target.Port) || (target.Encrypted && Public(target.Host)));

    /// <summary>A name without a dot is one of the machine's or of the network's own.</summary>
    private static bool Public(string host) => LiteralAddress.Parse(host) is { } literal
        ? PublicNetwork.IsPublic(literal)
        : host.Contains('.', StringComparison.Ordinal);
}
