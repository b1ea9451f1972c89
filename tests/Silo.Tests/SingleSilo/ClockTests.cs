using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using TryOn.Behaviour;
using TryOn.Core.Jobs;
using TryOn.Core.Providers;

namespace TryOn.Silo.Tests.SingleSilo;

public sealed class ClockTests
{
    [Fact]
    public async Task Job_WhoseClockIsSetBack_IsPolledInTime()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var adjusted = new AdjustedClock(clock);
        await using var host = (SingleSiloUnderTest)await SingleSiloUnderTest.Start(new SingleSiloUnderTest
        {
            Clock = clock,
            Changes = services => services.AddSingleton<TimeProvider>(adjusted),
        });
        host.Provider.OnSubmit = _ =>
            Task.FromResult<ProviderReply>(new ProviderReply.Waiting("up", TimeSpan.FromSeconds(2)));
        var scene = new Scene(host);
        await scene.OpenAccount("a", credits: 1);
        var id = await scene.Run("a");
        await Scene.Until(() => Status(host, id), status => status == JobStatus.Waiting, "the job to wait");

        adjusted.Ahead = TimeSpan.FromMinutes(-10);
        clock.Advance(TimeSpan.FromSeconds(3));

        await Scene.Until(() => Status(host, id), status => status == JobStatus.Succeeded, "the job to succeed");
    }

    private static async Task<JobStatus> Status(SingleSiloUnderTest host, string id) =>
        (await host.Directory.Job(id).Read()).Value!.Status;

    /// <summary>A clock that is set ahead or back while time passes as it does.</summary>
    private sealed class AdjustedClock(FakeTimeProvider passing) : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override long TimestampFrequency => passing.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => passing.GetUtcNow() + Ahead;

        public override long GetTimestamp() => passing.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            passing.CreateTimer(callback, state, dueTime, period);
    }
}
