using TryOn.Core.Accounts;
using TryOn.Core.Keys;
using static TryOn.Core.Tests.Accounts.AccountFixture;
using static TryOn.Core.Tests.Keys.KeyFixture;

namespace TryOn.Core.Tests.Accounts;

public sealed class RetryDetectionTests
{
    private static readonly AccountState Running = With(Key('1'), Key('2')).When(Sent("first"), At(0)).State;

    [Fact]
    public void Repeat_OfARunningRequest_IsThatRequest() =>
        Assert.Equal("first", RetryDetection.FindRunning(Running, Sent("second"), At(599))?.JobId);

    [Fact]
    public void Repeat_Reserved_ChangesNothing() =>
        Assert.Equal(Running, Given(Running).When(Sent("second"), At(1)).State);

    [Theory]
    [InlineData("other", "print", '1', 1)]
    [InlineData("body", "other", '1', 1)]
    [InlineData("body", "print", '2', 1)]
    [InlineData("body", "print", '1', 600)]
    [InlineData(null, "print", '1', 1)]
    public void Request_ThatDiffers_IsANewOne(string? body, string fingerprint, char key, int second) =>
        Assert.Null(RetryDetection.FindRunning(Running, Sent("second", body, fingerprint, key), At(second)));

    [Fact]
    public void Request_AfterTheFirstWasCaptured_IsANewOne() =>
        Assert.Null(RetryDetection.FindRunning(
            Given(Running).When(Capture("first"), At(1)).State, Sent("second"), At(2)));

    /// <summary>
    /// Its job would follow the other configuration's plan and might cost more than this request reserves.
    /// </summary>
    [Fact]
    public void Request_OfAnotherPrice_IsANewOne() =>
        Assert.Null(RetryDetection.FindRunning(Running, Sent("second") with { Amount = 2 }, At(1)));

    private static AccountCommand.Reserve Sent(
        string jobId, string? body = "body", string fingerprint = "print", char key = '1') =>
        new(jobId, 1, fingerprint, new Purchase(AccountKey.IdOf(Hash(key)), "model"), Body: body);
}
