using TryOn.Core.Jobs;
using TryOn.Core.Providers;

namespace TryOn.Behaviour;

/// <summary>What every host must guarantee about canceling a job.</summary>
public abstract class CancelBehaviour : IAsyncLifetime
{
    private const int AtOnce = 50;

    private HostUnderTest _host = null!;
    private Scene _scene = null!;

    /// <summary>How many jobs are canceled while they run.</summary>
    protected virtual int Races => 1000;

    protected abstract Task<HostUnderTest> StartHost();

    public async Task InitializeAsync()
    {
        _host = await StartHost();
        _scene = new Scene(_host);
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    /// <summary>The requests to cancel reach the jobs at every moment between start and end.</summary>
    [Fact]
    public async Task Cancel_RacedAgainstTheEnd_AgreesWithTheMoney()
    {
        var account = await _scene.OpenAccount("racer", credits: Races);
        var asked = 0;
        _host.Provider.OnCancel = _ => Task.FromResult(Interlocked.Increment(ref asked) % 2 == 0);
        var ends = new List<JobView>();
        for (var done = 0; done < Races; done += AtOnce)
            ends.AddRange(await Task.WhenAll(Enumerable.Range(done, AtOnce).Select(Race)));
        var view = await _scene.WaitUntilSettled(account);
        var pictures = ends.Count(job => job.Status == JobStatus.Succeeded);
        Assert.Equal((Races - pictures, 0, pictures), (view.Available, view.Reserved, view.Captured));
        Assert.InRange(pictures, 1, Races - 1);
    }

    [Fact]
    public async Task Cancel_WhereTheUpstreamStops_CostsNothing()
    {
        _host.Provider.OnCancel = _ => Task.FromResult(true);
        _host.Provider.OnPoll = id =>
            Task.FromResult<ProviderReply>(new ProviderReply.Waiting(id, ScriptedProvider.Soon));
        var account = await _scene.OpenAccount("stopper", credits: 1);
        var id = await _scene.Run("stopper");
        await Scene.Until(
            async () => (await _host.Directory.Job(id).Read()).Value, job => job?.Status == JobStatus.Waiting,
            "the job to wait", _scene.Patience);
        await _host.Directory.Job(id).Ask(new JobCommand.Cancel());
        Assert.Equal(JobStatus.Canceled, (await _scene.WaitUntilEnded(id)).Status);
        Assert.Equal(1, (await _scene.WaitUntilSettled(account)).Available);
    }

    /// <param name="number">Spreads the requests to cancel over the time that a job takes.</param>
    private async Task<JobView> Race(int number)
    {
        var id = await _scene.Run("racer");
        await Task.Delay(TimeSpan.FromMilliseconds(number * 7 % 60), TimeProvider.System);
        var answer = (await _host.Directory.Job(id).Ask(new JobCommand.Cancel())).Value;
        var ended = await _scene.WaitUntilEnded(id);
        Assert.NotNull(answer);
        // An end that was reported stays as reported. A job reported as canceling may still succeed.
        if (answer.Ended)
            Assert.Equal((answer.Status, answer.Credits), (ended.Status, ended.Credits));
        else
            Assert.True(
                answer.CancelRequested && ended.Status is JobStatus.Succeeded or JobStatus.Canceled,
                $"{answer} {ended}");
        return ended;
    }
}
