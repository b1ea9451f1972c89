using TryOn.Core.Accounts;
using TryOn.Core.Egress;
using TryOn.Core.Errors;
using TryOn.Core.Jobs;
using TryOn.Engine.Egress;

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
        : new Error(ErrorCode.InvalidRequest, "A webhook's address is https, and names no user.", param);

    /// <summary>The request's own address, or the account's; null where neither names one.</summary>
    public JobWebhook? Of(string? url, AccountView account) =>
        (string.IsNullOrEmpty(url) ? account.Webhooks.Url : url) is { } target && requests.HttpContext is { } context
            ? new JobWebhook(target, address.Of(context.Request))
            : null;

    private bool Good(string url) =>
        url.Length <= LengthMax && Uri.TryCreate(url, UriKind.Absolute, out var uri) && EgressTarget.Parse(uri) is { } target
        && (target.Encrypted || allow.Allows(target.Host, target.Port)
            || (System.Net.IPAddress.TryParse(target.Host, out var literal) && allow.Allows(literal, target.Port)));
}
