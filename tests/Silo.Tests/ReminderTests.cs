using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Timers;
using TryOn.Behaviour;
using TryOn.Core.Egress;
using TryOn.Core.Jobs;
using TryOn.Core.Keys;
using TryOn.Engine.Webhooks;
using TryOn.Silo.Tests.SingleSilo;

namespace TryOn.Silo.Tests;

public sealed class ReminderTests
{
    private static readonly JobWebhook Webhook = new("https://shop.example/hook", "https://here.example");

    /// <summary>
    /// Takes about a minute, the shortest period of Orleans' reminders. Jobs with a webhook have reminders of their
    /// own.
    /// </summary>
    [Fact]
    public async Task WaitingJobs_WithoutTimers_EndByTheirReminders()
    {
        await using var host = await ClusterUnderTest.Start(new ClusterUnderTest
        {
            Changes = silo => silo.Services.AddSingleton<ITimerRegistry, NoTimers>()
                .AddSingleton<IPoster>(new ScriptedPoster()).AddSingleton(EgressAllowList.Empty)
                .AddSingleton(new MasterSecret(new byte[MasterSecret.LengthMin]))
                .AddSingleton<WebhookBody>((_, _) => Task.FromResult<byte[]>([])),
        });
        var scene = new Scene(host) { Patience = TimeSpan.FromMinutes(3) };
        var account = await scene.OpenAccount("reminded", credits: 5);
        var ids = await Task.WhenAll(Enumerable.Range(0, 5).Select(
            _ => scene.Run("reminded", change: spec => spec with { Webhook = Webhook })));
        await scene.WaitUntilSettled(account);

        foreach (var id in ids)
            Assert.Equal(JobStatus.Succeeded, (await scene.WaitUntilEnded(id)).Status);
        Assert.Equal(5, (await account.Read()).Value!.Captured);
        Assert.Equal(5, host.Provider.Submitted.Count);
    }

    /// <summary>Grain timers that never fire.</summary>
    private sealed class NoTimers : ITimerRegistry
    {
        public IGrainTimer RegisterGrainTimer<T>(
            IGrainContext grainContext, Func<T, CancellationToken, Task> callback, T state,
            GrainTimerCreationOptions options) =>
            new Never();

        public IDisposable RegisterTimer(
            IGrainContext grainContext, Func<object?, Task> callback, object? state, TimeSpan dueTime,
            TimeSpan period) =>
            new Never();

        private sealed class Never : IGrainTimer
        {
            public void Change(TimeSpan dueTime, TimeSpan period)
            {
                // The timer never fires.
            }

            public void Dispose()
            {
            }
        }
    }
}
