using System.Net;
using TryOn.Core.Egress;

namespace TryOn.Engine.Egress;

// The part of a fetch policy that decides which addresses may be reached. Requests share connections only under equal
// rules.
public readonly record struct EgressRules(EgressAllowList Allow, bool PlainHttp)
{
    public bool Permits(EgressTarget target, IPAddress address) =>
        Allow.Allows(target.Host, target.Port)
        || Allow.Allows(address, target.Port)
        || (IsOrdinary(target) && PublicAddress.IsPublic(address));

    private bool IsOrdinary(EgressTarget target) => target.Port is 443 or 80 && (target.Encrypted || PlainHttp);
}
