namespace TryOn.Core.Egress;

// PlainHttp also allows http:// to public addresses. Hosts in the allow list may always use plain http: the operator
// who lists an address vouches for the network path to it.
public sealed record FetchPolicy(int BytesMax, TimeSpan TimeMax, EgressAllowList Allow, bool PlainHttp = false);
