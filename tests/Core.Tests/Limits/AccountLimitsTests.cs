using TryOn.Core.Limits;

namespace TryOn.Core.Tests.Limits;

public sealed class AccountLimitsTests
{
    [Fact]
    public void Limits_OfZeroOrLess_AreInvalid()
    {
        Assert.True(AccountLimits.Default.IsValid());
        Assert.False(new AccountLimits(RequestsPerMinute: 0).IsValid());
        Assert.False(new AccountLimits(StatusRequestsPerMinute: 0).IsValid());
        Assert.False(new AccountLimits(Concurrency: -1).IsValid());
    }
}
