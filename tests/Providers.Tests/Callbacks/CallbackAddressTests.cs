using TryOn.Providers.Callbacks;

namespace TryOn.Providers.Tests.Callbacks;

public sealed class CallbackAddressTests
{
    private readonly CallbackAddress _sut = new([1, 2, 3]);

    [Fact]
    public void Path_OfAnAttempt_IsValidForItAlone()
    {
        var hash = _sut.PathFor("fal", "job-1").Split('/')[^1];

        Assert.True(_sut.Verify("fal", "job-1", hash));
        Assert.False(_sut.Verify("fal", "job-2", hash));
        Assert.False(_sut.Verify("kling", "job-1", hash));
        Assert.False(_sut.Verify("fal", "job-1", hash + "A"));
        Assert.False(new CallbackAddress([1, 2, 4]).Verify("fal", "job-1", hash));
    }

    [Fact]
    public void Path_OfAnOddId_StaysOneSegment() =>
        Assert.Equal(5, _sut.PathFor("fal", "a/b?c").Split('/').Length);
}
