using TryOn.Core.Accounts;
using static TryOn.Core.Tests.Accounts.AccountFixture;

namespace TryOn.Core.Tests.Accounts;

public sealed class RepeatsTests
{
    private static readonly AccountState Running = Given(Rich).When(Sent("first"), At(0)).State;

    [Fact]
    public void Repeat_OfARunningRequest_IsThatRequest() =>
        Assert.Equal("first", Repeats.Running(Running, Sent("second"), At(599))?.JobId);

    [Fact]
    public void Repeat_Reserved_ChangesNothing() =>
        Assert.Equal(Running, Given(Running).When(Sent("second"), At(1)).State);

    [Theory]
    [InlineData("other", "print", "k1", 1)]
    [InlineData("body", "other", "k1", 1)]
    [InlineData("body", "print", "k2", 1)]
    [InlineData("body", "print", "k1", 600)]
    [InlineData(null, "print", "k1", 1)]
    public void Request_ThatDiffers_IsANewOne(string? body, string fingerprint, string key, int second) =>
        Assert.Null(Repeats.Running(Running, Sent("second", body, fingerprint, key), At(second)));

    [Fact]
    public void Request_AfterTheFirstWasCaptured_IsANewOne() =>
        Assert.Null(Repeats.Running(Given(Running).When(Capture("first"), At(1)).State, Sent("second"), At(2)));

    private static AccountCommand.Reserve Sent(
        string jobId, string? body = "body", string fingerprint = "print", string key = "k1") =>
        new(jobId, 1, fingerprint, new Purchase(key, "model"), body);
}
