using TryOn.Core.Egress;

namespace TryOn.Api.Start;

/// <summary>Section <c>TryOn:Egress</c>.</summary>
public sealed class EgressOptions
{
    /// <summary>
    /// Hosts, host:port pairs or CIDRs that image addresses and webhooks may use in addition to public ones. Default:
    /// empty.
    /// </summary>
    public IList<string> Allow { get; set; } = [];

    public EgressAllowList ToList() =>
        EgressAllowList.TryParse(Allow, out var list, out _) ? list : EgressAllowList.Empty;
}
