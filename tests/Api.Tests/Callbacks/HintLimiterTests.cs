using TryOn.Api.Callbacks;

namespace TryOn.Api.Tests.Callbacks;

public sealed class HintLimiterTests
{
    [Fact]
    public void Hints_OfOneAttempt_AreCountedForItself()
    {
        var sut = new HintLimiter();

        var taken = Enumerable.Range(0, HintLimiter.HintsMax + 5).Count(_ => sut.Take("job-1"));

        Assert.Equal(HintLimiter.HintsMax, taken);
        Assert.True(sut.Take("job-2"));
    }

    [Fact]
    public void Hints_OfVeryManyAttempts_AreForgottenOldestFirst()
    {
        var sut = new HintLimiter();
        for (var hint = 0; hint < HintLimiter.HintsMax; hint++)
            sut.Take("oldest");
        for (var attempt = 1; attempt < HintLimiter.AttemptsMax; attempt++)
            sut.Take($"job-{attempt}");
        Assert.False(sut.Take("oldest"));

        sut.Take("one more");

        Assert.True(sut.Take("oldest"));
    }
}
