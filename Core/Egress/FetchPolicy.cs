namespace TryOn.Core.Egress;

// PlainHttp admits http:// to public addresses too. What the allow list names may always be plain http: an operator
// who lists an address vouches for the wire to it.
public sealed record FetchPolicy(int BytesMax, TimeSpan TimeMax, EgressAllowList Allow, bool PlainHttp = false);
