using TryOn.Core.Errors;
using TryOn.Core.Jobs;
using TryOn.Core.Providers;

namespace TryOn.Behaviour;

/// <summary>What every host must do with a hint that an attempt has news at its upstream.</summary>
public abstract class HintBehaviour : IAsyncLifetime
{
    private static readonly TimeSpan FarAway = TimeSpan.FromMinutes(4);

    private HostUnderTest _host = null!;
    private Scene _scene = null!;
    private int _polls;

    protected abstract Task<HostUnderTest> StartHost();

    public async Task InitializeAsync()
    {
        _host = await StartHost();
        _scene = new Scene(_host);
        _host.Provider.OnSubmit = call =>
            Task.FromResult<ProviderReply>(new ProviderReply.Waiting($"up-{call.AttemptId}", FarAway));
        var deliver = _host.Provider.OnPoll;
        _host.Provider.OnPoll = id =>
        {
            Interlocked.Increment(ref _polls);
            return deliver(id);
        };
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Hint_OfAWaitingJob_PollsAheadOfSchedule()
    {
        var account = await _scene.OpenAccount("hinted", credits: 2);
        var id = await Waiting("hinted");

        var answer = (await _host.Directory.Job(id).Ask(new JobCommand.Hinted(1))).Value!;

        Assert.Equal((id, JobStatus.Waiting), (answer.Id, answer.Status));
        Assert.Equal(JobStatus.Succeeded, (await _scene.WaitUntilEnded(id)).Status);
        Assert.Equal(1, (await _scene.WaitUntilSettled(account)).Captured);
    }

    /// <summary>A job has five versions: accepted, submitting, waiting, picture stored, settled.</summary>
    private const long LastVersion = 5;

    [Fact]
    public async Task Hint_RepeatedLateOrWrong_ChangesNothing()
    {
        var account = await _scene.OpenAccount("pestered", credits: 2);
        var id = await Waiting("pestered");

        Assert.Equal(JobStatus.Waiting, (await _host.Directory.Job(id).Ask(new JobCommand.Hinted(2))).Value!.Status);
        var unknown = await _host.Directory.Job("job_that_never_was").Ask(new JobCommand.Hinted(1));
        Assert.Equal(ErrorCode.NotFound, unknown.Error!.Code);
        Assert.Equal(0, _polls);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _host.Directory.Job(id).Ask(new JobCommand.Hinted(1))));
        await _scene.WaitUntilSettled(account);
        // The last change of the job is to record its settlement, a moment after the account has settled it.
        var ended = await Scene.Until(
            async () => (await _host.Directory.Job(id).Read()).Value!,
            job => _host.WritesFail ? job.Version >= LastVersion : job.Version == LastVersion,
            "the job's last change", _scene.Patience);

        var polls = _polls;
        Assert.InRange(polls, 1, _host.WritesFail ? int.MaxValue : 1);

        // Where writes fail, the job repeats what was lost, which may change it once more.
        for (var tries = 0; _host.WritesFail && tries < 10 && (await Hint(id)).Version != ended.Version; tries++)
            (ended, polls) = ((await _host.Directory.Job(id).Read()).Value!, _polls);
        var late = await Hint(id);

        Assert.Equal((ended.Status, ended.Version, polls), (late.Status, late.Version, _polls));
        Assert.Equal(1, (await _scene.WaitUntilSettled(account)).Captured);
        _scene.AssertSubmits(1);
    }

    private async Task<string> Waiting(string account)
    {
        var id = await _scene.Run(account);
        await Scene.Until(
            async () => (await _host.Directory.Job(id).Read()).Value, job => job?.Status == JobStatus.Waiting,
            "the job to wait", _scene.Patience);
        return id;
    }

    private async Task<JobView> Hint(string id) => (await _host.Directory.Job(id).Ask(new JobCommand.Hinted(1))).Value!;
}
