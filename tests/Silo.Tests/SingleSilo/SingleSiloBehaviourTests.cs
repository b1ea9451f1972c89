using TryOn.Behaviour;

namespace TryOn.Silo.Tests.SingleSilo;

public sealed class SingleSiloMoneyTests : MoneyBehaviour
{
    protected override Task<HostUnderTest> StartHost() => SingleSiloUnderTest.Start();
}

public sealed class SingleSiloJobTests : JobBehaviour
{
    protected override Task<HostUnderTest> StartHost() => SingleSiloUnderTest.Start();
}

public sealed class SingleSiloCancelTests : CancelBehaviour
{
    protected override Task<HostUnderTest> StartHost() => SingleSiloUnderTest.Start();
}

public sealed class SingleSiloHintTests : HintBehaviour
{
    protected override Task<HostUnderTest> StartHost() => SingleSiloUnderTest.Start();
}
