using Microsoft.Extensions.Logging.Abstractions;
using TryOn.Core.Egress;
using TryOn.Core.Jobs;
using TryOn.Core.Keys;
using TryOn.Core.Providers;
using TryOn.Engine.Gates;
using TryOn.Engine.Jobs;

namespace TryOn.Engine.Tests.Jobs;

public sealed class JobActivationTests
{
    private static readonly JobSpec Spec = new(
        "a", AccountMode.Live, "model", "quiet", 1, [], [], Prompt: null, FastMode: false, "print",
        TimeProvider.System.GetUtcNow() + TimeSpan.FromHours(1));

    /// <summary>The next activation may be in another process, so this one must release its permit itself.</summary>
    [Fact]
    public async Task Permit_OfAnActivationWhoseWriteFailed_IsReleased()
    {
        var upstreams = new Upstreams([new QuietProvider()], []);
        var gate = upstreams.Find("quiet", AccountMode.Live)!.Gate;
        var effects = new JobEffects(
            null!, upstreams, null!, null!, new SubmitDrain(TimeProvider.System), NullLogger<JobEffects>.Instance);
        var host = new FakeHost<JobState>();
        var job = new JobActivation(host, effects, new LocalFeed(), NullLogger<JobActivation>.Instance);
        await job.Resume();
        var (writing, fail) = (new TaskCompletionSource(), new TaskCompletionSource());
        host.BeforeWrite = () => host.Writes.Count == 0 ? Task.CompletedTask : Fail(writing, fail.Task);

        await job.Ask(new JobCommand.Start("job", Spec));
        await writing.Task.WaitAsync(TimeSpan.FromSeconds(10));
        var next = gate.Enter("next");
        Assert.False(next.IsCompleted, "the intent to submit is being written: the job holds the only place");
        fail.SetResult();

        Assert.True(await next.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    /// <summary>The upstream is working on the job; another job in its place would exceed the limit.</summary>
    [Fact]
    public async Task Permit_OfADeactivatedSubmit_IsReleasedOnceItEnds()
    {
        var (called, answer) = (new TaskCompletionSource(), new TaskCompletionSource<ProviderReply>());
        var upstreams = new Upstreams([new QuietProvider(Called(called, answer.Task))], []);
        var gate = upstreams.Find("quiet", AccountMode.Live)!.Gate;
        var host = new FakeHost<JobState>();
        var job = new JobActivation(host, Effects(upstreams), new LocalFeed(), NullLogger<JobActivation>.Instance);
        await job.Resume();
        await job.Ask(new JobCommand.Start("job", Spec));
        await called.Task.WaitAsync(TimeSpan.FromSeconds(10));

        job.Unload();
        var next = gate.Enter("next");
        Assert.False(next.IsCompleted, "the call is under way");
        answer.SetResult(new ProviderReply.Waiting("up", TimeSpan.FromMinutes(1)));

        Assert.True(await next.WaitAsync(TimeSpan.FromSeconds(10)));
        Assert.Equal(JobStatus.Waiting, host.Stored!.Status);
    }

    [Fact]
    public async Task Permit_OfADeactivatedJob_IsReleased()
    {
        var upstreams = new Upstreams([new QuietProvider()], []);
        var gate = upstreams.Find("quiet", AccountMode.Live)!.Gate;
        var job = new JobActivation(
            new FakeHost<JobState>(Submitting() with { NextAt = TimeProvider.System.GetUtcNow() }), Effects(upstreams),
            new LocalFeed(), NullLogger<JobActivation>.Instance);
        await job.Resume();
        await gate.Enter("job").WaitAsync(TimeSpan.FromSeconds(10));
        var next = gate.Enter("next");

        job.Unload();

        Assert.True(await next.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    /// <summary>
    /// A node that lives may be about to write the answer, and a lookup now might lead to a second paid call.
    /// </summary>
    [Theory]
    [InlineData(true, 0, false)]
    [InlineData(true, 3600, true)]
    [InlineData(false, 0, true)]
    public async Task Submit_OfAnotherNode_IsLookedUpOnceItIsOver(bool lives, int secondsAgo, bool asked)
    {
        var host = new FakeHost<JobState>(Submitting("other", secondsAgo)) { Node = "this" };
        if (lives)
            host.Living.Add("other");
        var provider = new QuietProvider();
        var job = new JobActivation(
            host, Effects(new Upstreams([provider], [])), new LocalFeed(), NullLogger<JobActivation>.Instance);
        await job.Resume();

        await host.IsArmed.Task.WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(asked, provider.Asked);
    }

    /// <summary>
    /// No adapter can look up the submit, and asking until the deadline would keep the job from its fallback.
    /// </summary>
    [Fact]
    public async Task Submit_OfAProviderThatIsNotConfigured_IsNotLookedUp()
    {
        var host = new FakeHost<JobState>(Submitting());
        var job = new JobActivation(
            host, Effects(new Upstreams([], [])), new LocalFeed(), NullLogger<JobActivation>.Instance);
        await job.Resume();

        await host.IsArmed.Task.WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(JobStatus.Accepted, host.Stored!.Status);
    }

    /// <summary>An answer that is lost at a stop is paid for a second time.</summary>
    [Fact]
    public async Task Stop_WhileAnAnswerIsBeingWritten_WaitsForIt()
    {
        var clock = new AwaitedClock();
        var drain = new SubmitDrain(clock);
        var effects = new JobEffects(
            null!, new Upstreams([new QuietProvider()], []), null!, null!, drain, NullLogger<JobEffects>.Instance);
        var host = new FakeHost<JobState>();
        var job = new JobActivation(host, effects, new LocalFeed(), NullLogger<JobActivation>.Instance);
        await job.Resume();
        var (writing, write) = (new TaskCompletionSource(), new TaskCompletionSource());
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        host.AfterWrite = state =>
        {
            if (state.Status == JobStatus.Waiting)
                written.TrySetResult();
        };
        // The first two writes are the acceptance of the job and its intent to submit.
        host.BeforeWrite = () => host.Writes.Count < 2 ? Task.CompletedTask : Held(writing, write.Task);
        await job.Ask(new JobCommand.Start("job", Spec));
        await writing.Task.WaitAsync(TimeSpan.FromSeconds(10));

        var stop = drain.StopAsync(CancellationToken.None);
        var waitsOn = clock.AdvanceToNextTimer(TimeSpan.FromSeconds(1));
        Assert.True(await Task.WhenAny(stop, waitsOn) == waitsOn, "the stop did not wait for the answer to be written");
        write.SetResult();
        await written.Task.WaitAsync(TimeSpan.FromSeconds(10));
        while (!stop.IsCompleted)
            await Task.WhenAny(stop, clock.AdvanceToNextTimer(TimeSpan.FromSeconds(1)));
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
            submit?.Invoke()
                ?? Task.FromResult<ProviderReply>(new ProviderReply.Waiting("up", TimeSpan.FromMinutes(1)));

        public Task<ProviderReply> Poll(string upstreamId, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public bool Asked { get; private set; }

        public Task<ProviderReply> Find(string attemptId, string model, CancellationToken cancellation)
        {
            Asked = true;
            return Task.FromResult<ProviderReply>(new ProviderReply.Waiting("up", TimeSpan.FromMinutes(1)));
        }
    }
}
