using TryOn.Core.Jobs;
using TryOn.Core.Providers;

namespace TryOn.Behaviour;

/// <summary>What every host must guarantee to who cancels.</summary>
public abstract class CancelBehaviour : IAsyncLifetime
{
    private const int AtOnce = 50;

    private HostUnderTest _host = null!;
    private Scene _scene = null!;

    /// <summary>How many jobs are canceled in the midst of their work.</summary>
    protected virtual int Races => 1000;

    protected abstract Task<HostUnderTest> StartHost();

    public async Task InitializeAsync()
    {
        _host = await StartHost();
        _scene = new Scene(_host);
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    /// <summary>A wish to cancel meets the job anywhere from its start to its end.</summary>
    [Fact]
    public async Task Cancel_RacedAgainstTheEnd_AgreesWithTheMoney()
    {
        var account = await _scene.OpenAccount("racer", credits: Races);
        _host.Provider.OnCancel = _ => Task.FromResult(Random.Shared.Next(2) == 0);
        var ends = new List<JobView>();
        for (var done = 0; done < Races; done += AtOnce)
            ends.AddRange(await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Race())));
        var view = await _scene.Settled(account);
        var pictures = ends.Count(job => job.Status == JobStatus.Succeeded);
        Assert.Equal((Races - pictures, 0, pictures), (view.Available, view.Reserved, view.Captured));
        Assert.InRange(pictures, 1, Races - 1);
    }

    [Fact]
    public async Task Cancel_WhereTheUpstreamStops_CostsNothing()
    {
        _host.Provider.OnCancel = _ => Task.FromResult(true);
        _host.Provider.OnPoll = id => Task.FromResult<ProviderReply>(new ProviderReply.Waiting(id, ScriptedProvider.Soon));
        var account = await _scene.OpenAccount("stopper", credits: 1);
        var id = await _scene.Run("stopper");
        await Scene.Until(
            async () => (await _host.Directory.Job(id).Read()).Value, job => job?.Status == JobStatus.Waiting,
            "the job to wait", _scene.Patience);
        await _host.Directory.Job(id).Ask(new JobCommand.Cancel());
        Assert.Equal(JobStatus.Canceled, (await _scene.Ended(id)).Status);
        Assert.Equal(1, (await _scene.Settled(account)).Available);
    }

    private async Task<JobView> Race()
    {
        var id = await _scene.Run("racer");
        await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(60)), TimeProvider.System);
        var told = (await _host.Directory.Job(id).Ask(new JobCommand.Cancel())).Value;
        var ended = await _scene.Ended(id);
        Assert.NotNull(told);
        // What it said was over is over in the same way; what it said may still come may.
        if (told.Ended)
            Assert.Equal((told.Status, told.Credits), (ended.Status, ended.Credits));
        else
            Assert.True(told.CancelRequested && ended.Status is JobStatus.Succeeded or JobStatus.Canceled, $"{told} {ended}");
        return ended;
    }
}
