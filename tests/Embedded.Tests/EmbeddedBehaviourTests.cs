using TryOn.Behaviour;

namespace TryOn.Embedded.Tests;

public sealed class EmbeddedMoneyTests : MoneyBehaviour
{
    protected override Task<HostUnderTest> StartHost() => EmbeddedUnderTest.Start();
}

public sealed class EmbeddedJobTests : JobBehaviour
{
    protected override Task<HostUnderTest> StartHost() => EmbeddedUnderTest.Start();
}

public sealed class EmbeddedCancelTests : CancelBehaviour
{
    protected override Task<HostUnderTest> StartHost() => EmbeddedUnderTest.Start();
}

public sealed class EmbeddedHintTests : HintBehaviour
{
    protected override Task<HostUnderTest> StartHost() => EmbeddedUnderTest.Start();
}
