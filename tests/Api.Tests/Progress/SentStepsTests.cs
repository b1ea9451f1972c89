using TryOn.Api.Progress;
using TryOn.Core.Jobs;
using TryOn.Core.Keys;

namespace TryOn.Api.Tests.Progress;

public sealed class SentStepsTests
{
    private readonly SentSteps _told = new();

    [Fact]
    public void Step_ToldBefore_IsNotToldAgain()
    {
        Assert.True(_told.Take(At("job", 2)));
        Assert.False(_told.Take(At("job", 2)));
        Assert.False(_told.Take(At("job", 1)));
        Assert.True(_told.Take(At("job", 3)));
        Assert.True(_told.Take(At("other", 1)));
    }

    [Fact]
    public void News_LateAfterTheStatement_IsNotToldTwice()
    {
        _told.Take(At("job", 3, JobStatus.Succeeded));
        _told.Settle(["job"]);
        Assert.True(_told.HasSentEnd("job"));
        Assert.False(_told.Take(At("job", 3, JobStatus.Succeeded)));
    }

    /// <summary>A dashboard stays open for weeks, so ended jobs must not accumulate.</summary>
    [Fact]
    public void Jobs_ThatHaveEnded_AreForgotten()
    {
        for (var round = 0; round < 1_000; round++)
        {
            _told.Take(At($"job {round}", 3, JobStatus.Failed));
            _told.Settle([$"job {round}"]);
        }

        Assert.InRange(_told.Count, 0, 2);
    }

    private static JobView At(string id, long version, JobStatus status = JobStatus.Waiting) => new(
        id, "account", AccountMode.Test, "model", status, version, 1, default, null, null, [], null, "", false)
    {
        Steps = new JobStep(version, status),
    };
}
