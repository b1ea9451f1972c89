using Microsoft.Extensions.Logging.Abstractions;
using TryOn.Core.Accounts;
using TryOn.Core.Egress;
using TryOn.Core.Jobs;
using TryOn.Core.Providers;
using TryOn.Engine.Gates;
using TryOn.Engine.Jobs;

namespace TryOn.Engine.Tests.Jobs;

public sealed class JobActivationTests
{
    private static readonly JobSpec Spec = new(
        "a", AccountMode.Live, "model", "quiet", 1, [], [], Prompt: null, FastMode: false, "print",
        TimeProvider.System.GetUtcNow() + TimeSpan.FromHours(1));

    /// <summary>The next activation may be in another process: nobody would ever leave this one's gate for it.</summary>
    [Fact]
    public async Task Place_OfAnActivationWhoseWriteFailed_IsFree()
    {
        var upstreams = new Upstreams([new QuietProvider()], []);
        var gate = upstreams.Find("quiet", AccountMode.Live)!.Gate;
        var effects = new JobEffects(
            null!, upstreams, null!, null!, new SubmitDrain(TimeProvider.System), NullLogger<JobEffects>.Instance);
        var host = new FakeHost<JobState>();
        var job = new JobActivation(host, effects, new LocalFeed(), NullLogger<JobActivation>.Instance);
        await job.TakeUp();
        var (writing, fail) = (new TaskCompletionSource(), new TaskCompletionSource());
        host.BeforeWrite = () => host.Writes.Count == 0 ? Task.CompletedTask : Fail(writing, fail.Task);

        await job.Start(new JobCommand.Start("job", Spec));
        await writing.Task.WaitAsync(TimeSpan.FromSeconds(10));
        var next = gate.Enter("next");
        Assert.False(next.IsCompleted, "the intent to submit is being written: the job holds the only place");
        fail.SetResult();

        Assert.True(await next.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    private static async Task Fail(TaskCompletionSource writing, Task fail)
    {
        writing.SetResult();
        await fail;
        throw new IOException("The disk is full.");
    }

    private sealed class QuietProvider : ITryOnProvider
    {
        public string Name => "quiet";

        public int ConcurrencyMax => 1;

        public EgressAllowList Downloads => EgressAllowList.Empty;

        public Task<ProviderReply> Submit(ProviderCall call, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<ProviderReply> Poll(string upstreamId, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<ProviderReply> Find(string attemptId, string model, CancellationToken cancellation) => throw new NotSupportedException();
    }
}
