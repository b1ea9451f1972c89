using TryOn.Core.Jobs;

namespace TryOn.Core.Tests.Jobs;

public sealed class AttemptIdTests
{
    [Theory]
    [InlineData("job_4xQ", 1)]
    [InlineData("a-job-with-dashes", 12)]
    public void Id_ReadBack_NamesItsJobAndNumber(string jobId, int number)
    {
        Assert.True(AttemptId.TryRead(AttemptId.Create(jobId, number), out var job, out var read));
        Assert.Equal((jobId, number), (job, read));
    }

    [Theory]
    [InlineData("")]
    [InlineData("job_4xQ")]
    [InlineData("-1")]
    [InlineData("job_4xQ-")]
    [InlineData("job_4xQ-+1")]
    [InlineData("job_4xQ- 1")]
    [InlineData("job_4xQ-99999999999")]
    public void Id_OfNoAttempt_IsNotRead(string text) => Assert.False(AttemptId.TryRead(text, out _, out _));
}
