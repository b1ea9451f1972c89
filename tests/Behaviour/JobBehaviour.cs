using TryOn.Core.Accounts;
using TryOn.Core.Errors;
using TryOn.Core.Jobs;
using TryOn.Core.Pictures;
using TryOn.Core.Providers;

namespace TryOn.Behaviour;

/// <summary>What every host must guarantee about jobs, however it stores and schedules.</summary>
public abstract class JobBehaviour : IAsyncLifetime
{
    private HostUnderTest _host = null!;
    private Scene _scene = null!;

    protected abstract Task<HostUnderTest> StartHost();

    public async Task InitializeAsync()
    {
        _host = await StartHost();
        _scene = new Scene(_host);
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Job_WithPicture_IsCapturedAndReadable()
    {
        var account = await _scene.OpenAccount("payer", credits: 3);

        var job = await _scene.WaitUntilEnded(await _scene.Run("payer"));

        Assert.Equal(JobStatus.Succeeded, job.Status);
        var output = Assert.Single(job.Outputs);
        Assert.Equal(OnePixel.Png, await _host.Pictures.Read(output.Picture, CancellationToken.None));
        var view = await _scene.WaitUntilSettled(account);
        Assert.Equal((2, 0, 1), (view.Available, view.Reserved, view.Captured));
    }

    /// <summary>
    /// The first provider is not configured on this host, which is one of the failures that lead to a fallback.
    /// </summary>
    [Fact]
    public async Task Job_AnsweredByAFallback_PaysThatModelsPrice()
    {
        var account = await _scene.OpenAccount("thrifty", credits: 9);

        var job = await _scene.WaitUntilEnded(await _scene.Run(
            "thrifty", reserve: 5, change: spec => spec with
            {
                Model = "dear", Provider = "nobody", Credits = 5, Fallbacks = [new Route(spec.Model, spec.Provider, 2)],
            }));

        Assert.Equal((JobStatus.Succeeded, "model", 2), (job.Status, job.Model, job.Credits));
        var view = await _scene.WaitUntilSettled(account);
        Assert.Equal((7, 0, 2), (view.Available, view.Reserved, view.Captured));
    }

    [Fact]
    public async Task Job_Ended_LeavesNoInputPhotographs()
    {
        await _scene.OpenAccount("private", credits: 1);

        var id = await _scene.Run("private");
        await _scene.WaitUntilEnded(id);

        await Scene.Until(
            async () => await _host.Pictures.Read(new PictureId(id, "in-person-0.png"), CancellationToken.None),
            picture => picture is null, "the person's photograph to go", _scene.Patience);
    }

    [Theory]
    [InlineData(FaultKind.Caller, ErrorCode.ImageRejected)]
    [InlineData(FaultKind.Moderation, ErrorCode.ContentModerated)]
    [InlineData(FaultKind.Operator, ErrorCode.ProviderUnavailable)]
    public async Task Job_Refused_IsReleased(FaultKind fault, ErrorCode told)
    {
        _host.Provider.OnSubmit = _ => Task.FromResult(ProviderReply.FaultOf(fault, "no"));
        var account = await _scene.OpenAccount("refused", credits: 3);

        var job = await _scene.WaitUntilEnded(await _scene.Run("refused"));

        Assert.Equal((JobStatus.Failed, told), (job.Status, job.Error!.Code));
        var view = await _scene.WaitUntilSettled(account);
        Assert.Equal((3, 0, 0), (view.Available, view.Reserved, view.Captured));
        _scene.AssertSubmits(1);
    }

    [Fact]
    public async Task Start_Repeated_SubmitsOnce()
    {
        await _scene.OpenAccount("eager", credits: 3);
        var id = _scene.NewJobId();
        await _host.Directory.Account("eager").Ask(new AccountCommand.Reserve(id, 1, "f"));

        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _scene.StartJob("eager", id)));
        await _scene.WaitUntilEnded(id);

        Assert.All(replies, reply => Assert.Equal(id, reply.Value?.Id));
        _scene.AssertSubmits(1);
    }

    [Fact]
    public async Task Start_WithAnotherRequest_Conflicts()
    {
        await _scene.OpenAccount("confused", credits: 3);
        var id = await _scene.Run("confused");

        var other = await _scene.StartJob("confused", id, fingerprint: "other");

        Assert.Equal(ErrorCode.IdempotencyConflict, other.Error!.Code);
    }

    [Fact]
    public async Task Answer_Lost_IsLookedUpAndNotPaidTwice()
    {
        _host.Provider.OnSubmit = _ => Task.FromResult(ProviderReply.FaultOf(FaultKind.OutcomeUnknown, "cut"));
        _host.Provider.OnFind = id => Task.FromResult<ProviderReply>(_host.Provider.Submitted.Contains(id)
            ? new ProviderReply.Waiting($"up-{id}", ScriptedProvider.Soon)
            : new ProviderReply.Absent());
        var account = await _scene.OpenAccount("unlucky", credits: 3);

        var job = await _scene.WaitUntilEnded(await _scene.Run("unlucky"));

        Assert.Equal(JobStatus.Succeeded, job.Status);
        _scene.AssertSubmits(1);
        Assert.Equal(1, (await _scene.WaitUntilSettled(account)).Captured);
    }

    [Fact]
    public async Task Submit_CutOffByRestart_IsLookedUpFirst()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _host.Provider.OnSubmit = _ => new TaskCompletionSource<ProviderReply>().Task;
        _host.Provider.OnFind = id =>
        {
            if (!_host.Provider.Submitted.Contains(id))
                return Task.FromResult<ProviderReply>(new ProviderReply.Absent());
            asked.TrySetResult();
            return Task.FromResult<ProviderReply>(new ProviderReply.Waiting($"up-{id}", ScriptedProvider.Soon));
        };
        await _scene.OpenAccount("cut", credits: 3);
        var id = await _scene.Run("cut");
        await Scene.Until(
            () => Task.FromResult(_host.Provider.Submitted.Count), count => count > 0, "the submit", _scene.Patience);

        await _host.Restart();

        Assert.Equal(JobStatus.Succeeded, (await _scene.WaitUntilEnded(id)).Status);
        Assert.True(asked.Task.IsCompleted);
        _scene.AssertSubmits(1);
    }

    [Fact]
    public async Task Wait_CutOffByRestart_Continues()
    {
        _host.Provider.OnPoll = _ =>
            Task.FromResult<ProviderReply>(new ProviderReply.Waiting("up", ScriptedProvider.Soon));
        await _scene.OpenAccount("patient", credits: 3);
        var id = await _scene.Run("patient");
        await Scene.Until(
            async () => (await _host.Directory.Job(id).Read()).Value!.Status, status => status == JobStatus.Waiting,
            "waiting", _scene.Patience);

        await _host.Restart();
        _host.Provider.OnPoll = _ => Task.FromResult<ProviderReply>(new ProviderReply.Delivered([OnePixel.Png]));

        Assert.Equal(JobStatus.Succeeded, (await _scene.WaitUntilEnded(id)).Status);
        _scene.AssertSubmits(1);
        Assert.Equal(1, (await _scene.WaitUntilSettled(_host.Directory.Account("patient"))).Captured);
    }

    [Fact]
    public async Task Deadline_Passed_FailsAndReleases()
    {
        _host.Provider.OnPoll = _ =>
            Task.FromResult<ProviderReply>(new ProviderReply.Waiting("up", ScriptedProvider.Soon));
        var account = await _scene.OpenAccount("late", credits: 3);

        var job = await _scene.WaitUntilEnded(await _scene.Run("late", deadline: TimeSpan.FromMilliseconds(300)));

        Assert.Equal((JobStatus.Failed, ErrorCode.Timeout), (job.Status, job.Error!.Code));
        var view = await _scene.WaitUntilSettled(account);
        Assert.Equal((3, 0), (view.Available, view.Captured));
    }

    [Fact]
    public async Task Output_ThatIsNoPicture_IsNeverCharged()
    {
        _host.Provider.OnPoll = _ =>
            Task.FromResult<ProviderReply>(new ProviderReply.Delivered(["<html>"u8.ToArray()]));
        var account = await _scene.OpenAccount("cheated", credits: 3);

        var job = await _scene.WaitUntilEnded(await _scene.Run("cheated"));

        Assert.Equal((JobStatus.Failed, ErrorCode.NoImageGenerated), (job.Status, job.Error!.Code));
        Assert.Equal(0, (await _scene.WaitUntilSettled(account)).Captured);
        _scene.AssertSubmits(1 + RetryPolicy.NoPictureRetriesMax);
    }

    [Fact]
    public async Task Feed_Subscriber_SeesTheEnd()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _host.Provider.OnPoll = async _ =>
        {
            await gate.Task;
            return new ProviderReply.Delivered([OnePixel.Png]);
        };
        await _scene.OpenAccount("watcher", credits: 3);
        var id = await _scene.Run("watcher");
        using var subscription = _host.Feed.Subscribe(id);
        gate.SetResult();

        // A change whose write was committed although it threw is not published to the feed.
        if (_host.WritesFail)
        {
            Assert.Equal(JobStatus.Succeeded, (await _scene.WaitUntilEnded(id)).Status);
            return;
        }

        using var patience = new CancellationTokenSource(_scene.Patience);
        JobView job;
        do
            job = await subscription.Next(patience.Token);
        while (!job.Ended);

        Assert.Equal(JobStatus.Succeeded, job.Status);
    }

    [Fact]
    public async Task Job_NeverStarted_IsNotFound() =>
        Assert.Equal(ErrorCode.NotFound, (await _host.Directory.Job("job_none").Read()).Error!.Code);

    [Fact]
    public async Task Settlement_OfAMissingJob_FencesALateStart()
    {
        await _scene.OpenAccount("fenced", credits: 3);
        var id = _scene.NewJobId();
        var longAgo = TimeProvider.System.GetUtcNow() - (2 * JobMachine.StartMax);

        var verdict = await _host.Directory.Job(id).Ask(new JobCommand.GetSettlement(id, longAgo));
        var late = await _scene.StartJob("fenced", id);

        Assert.Equal(Settlement.Released, verdict.Value!.Settlement);
        Assert.Equal(ErrorCode.Unavailable, late.Error!.Code);
        Assert.Empty(_host.Provider.Submitted);
    }
}
