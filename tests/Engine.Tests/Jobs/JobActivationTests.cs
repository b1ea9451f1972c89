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

        await job.Ask(new JobCommand.Start("job", Spec));
        await writing.Task.WaitAsync(TimeSpan.FromSeconds(10));
        var next = gate.Enter("next");
        Assert.False(next.IsCompleted, "the intent to submit is being written: the job holds the only place");
        fail.SetResult();

        Assert.True(await next.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    /// <summary>Its upstream is at work on it: somebody else in its place would be one more than the limit.</summary>
    [Fact]
    public async Task Place_OfASubmitThatWasLetGo_IsFreeOnceItEnds()
    {
        var (called, answer) = (new TaskCompletionSource(), new TaskCompletionSource<ProviderReply>());
        var upstreams = new Upstreams([new QuietProvider(Called(called, answer.Task))], []);
        var gate = upstreams.Find("quiet", AccountMode.Live)!.Gate;
        var host = new FakeHost<JobState>();
        var job = new JobActivation(host, Effects(upstreams), new LocalFeed(), NullLogger<JobActivation>.Instance);
        await job.TakeUp();
        await job.Ask(new JobCommand.Start("job", Spec));
        await called.Task.WaitAsync(TimeSpan.FromSeconds(10));

        job.LetGo();
        var next = gate.Enter("next");
        Assert.False(next.IsCompleted, "the call is under way");
        answer.SetResult(new ProviderReply.Waiting("up", TimeSpan.FromMinutes(1)));

        Assert.True(await next.WaitAsync(TimeSpan.FromSeconds(10)));
        Assert.Equal(JobStatus.Waiting, host.Stored!.Status);
    }

    [Fact]
    public async Task Place_OfAJobThatWasLetGo_IsFree()
    {
        var upstreams = new Upstreams([new QuietProvider()], []);
        var gate = upstreams.Find("quiet", AccountMode.Live)!.Gate;
        var job = new JobActivation(
            new FakeHost<JobState>(Submitting() with { NextAt = TimeProvider.System.GetUtcNow() }), Effects(upstreams), new LocalFeed(),
            NullLogger<JobActivation>.Instance);
        await job.TakeUp();
        await gate.Enter("job").WaitAsync(TimeSpan.FromSeconds(10));
        var next = gate.Enter("next");

        job.LetGo();

        Assert.True(await next.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    /// <summary>Who made the call may be about to write its answer, and a look-up now may pay for a second; unless it is dead.</summary>
    [Theory]
    [InlineData(true, 0, false)]
    [InlineData(true, 3600, true)]
    [InlineData(false, 0, true)]
    public async Task Submit_OfAnotherNode_IsAskedAfterWhenItIsOver(bool lives, int secondsAgo, bool asked)
    {
        var host = new FakeHost<JobState>(Submitting("other", secondsAgo)) { Node = "this" };
        if (lives)
            host.Living.Add("other");
        var provider = new QuietProvider();
        var job = new JobActivation(
            host, Effects(new Upstreams([provider], [])), new LocalFeed(), NullLogger<JobActivation>.Instance);
        await job.TakeUp();

        await host.IsArmed.Task.WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(asked, provider.Asked);
    }

    /// <summary>
    /// Nobody is there to be asked what came of it, and asking until the deadline would keep the job from its fallback.
    /// </summary>
    [Fact]
    public async Task Submit_OfAProviderThatIsNotConfigured_IsNotAskedFor()
    {
        var host = new FakeHost<JobState>(Submitting());
        var job = new JobActivation(
            host, Effects(new Upstreams([], [])), new LocalFeed(), NullLogger<JobActivation>.Instance);
        await job.TakeUp();

        await host.IsArmed.Task.WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(JobStatus.Accepted, host.Stored!.Status);
    }

    /// <summary>An answer that a stop forgets is paid for a second time.</summary>
    [Fact]
    public async Task Stop_WhileAnAnswerIsBeingWritten_WaitsForIt()
    {
        var drain = new SubmitDrain(TimeProvider.System);
        var effects = new JobEffects(
            null!, new Upstreams([new QuietProvider()], []), null!, null!, drain, NullLogger<JobEffects>.Instance);
        var host = new FakeHost<JobState>();
        var job = new JobActivation(host, effects, new LocalFeed(), NullLogger<JobActivation>.Instance);
        await job.TakeUp();
        var (writing, write) = (new TaskCompletionSource(), new TaskCompletionSource());
        // Written before it: that the job was accepted, and its intent to submit.
        host.BeforeWrite = () => host.Writes.Count < 2 ? Task.CompletedTask : Held(writing, write.Task);
        await job.Ask(new JobCommand.Start("job", Spec));
        await writing.Task.WaitAsync(TimeSpan.FromSeconds(10));

        var stop = drain.StopAsync(CancellationToken.None);
        var first = await Task.WhenAny(stop, Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System));
        Assert.False(first == stop, "the stop did not wait for the answer to be written");
        write.SetResult();
        await stop.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(JobStatus.Waiting, host.Stored!.Status);
    }

    private static JobState Submitting(string? node = null, int secondsAgo = 0)
    {
        var at = TimeProvider.System.GetUtcNow() - TimeSpan.FromSeconds(secondsAgo);
        JobEvent[] events = [new JobEvent.Accepted("job", Spec, at), new JobEvent.AttemptStarted(1, "job-1", at, node)];
        return events.Aggregate(JobMachine.Initial, JobMachine.Evolve);
    }

    private static JobEffects Effects(Upstreams upstreams) => new(
        null!, upstreams, null!, null!, new SubmitDrain(TimeProvider.System), NullLogger<JobEffects>.Instance);

    private static Func<Task<ProviderReply>> Called(TaskCompletionSource called, Task<ProviderReply> answer) => () =>
    {
        called.SetResult();
        return answer;
    };

    private static Task Held(TaskCompletionSource writing, Task write)
    {
        writing.TrySetResult();
        return write;
    }

    private static async Task Fail(TaskCompletionSource writing, Task fail)
    {
        writing.SetResult();
        await fail;
        throw new IOException("The disk is full.");
    }

    private sealed class QuietProvider(Func<Task<ProviderReply>>? submit = null) : ITryOnProvider
    {
        public string Name => "quiet";

        public int ConcurrencyMax => 1;

        public TimeSpan SubmitMax => TimeSpan.FromSeconds(30);

        public EgressAllowList Downloads => EgressAllowList.Empty;

        public Task<ProviderReply> Submit(ProviderCall call, CancellationToken cancellation) =>
            submit?.Invoke() ?? Task.FromResult<ProviderReply>(new ProviderReply.Waiting("up", TimeSpan.FromMinutes(1)));

        public Task<ProviderReply> Poll(string upstreamId, CancellationToken cancellation) => throw new NotSupportedException();

        public bool Asked { get; private set; }

        public Task<ProviderReply> Find(string attemptId, string model, CancellationToken cancellation)
        {
            Asked = true;
            return Task.FromResult<ProviderReply>(new ProviderReply.Waiting("up", TimeSpan.FromMinutes(1)));
        }
    }
}
