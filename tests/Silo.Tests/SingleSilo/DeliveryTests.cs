using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Orleans;
using TryOn.Behaviour;
using TryOn.Core.Egress;
using TryOn.Core.Jobs;
using TryOn.Core.Webhooks;
using TryOn.Grains.Webhooks;

namespace TryOn.Silo.Tests.SingleSilo;

/// <summary>
/// Webhooks from the end of the job to the receiver, by the whole process, over hours of virtual time.
/// </summary>
public sealed class DeliveryTests : IAsyncLifetime
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan LongStep = TimeSpan.FromMinutes(5);

    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());
    private readonly ScriptedPoster _poster;
    private SingleSiloUnderTest _host = null!;
    private Scene _scene = null!;

    public DeliveryTests() => _poster = new ScriptedPoster(_clock) { Answer = new PostResult(503, null) };

    public async Task InitializeAsync()
    {
        _host = (SingleSiloUnderTest)await SingleSiloUnderTest.Start(new SingleSiloUnderTest
        {
            Clock = _clock, Changes = services => services.AddSingleton<IPoster>(_poster),
        });
        _scene = new Scene(_host);
        await _scene.OpenAccount("shop", credits: 100);
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    /// <summary>During the wait only the reminder keeps the delivery alive.</summary>
    [Fact]
    public async Task Delivery_ThatWaitsForHours_LeavesMemoryAndIsSentWhenDue()
    {
        var id = await EndOneJob();
        var due = await PassUntilNextWaitIsLong(id);
        var reminder = Assert.Single(await Reminders(), row => row.GrainId.ToString() == $"delivery/{id}");
        Assert.InRange(reminder.StartAt - due.UtcDateTime, TimeSpan.FromSeconds(-1), TimeSpan.FromSeconds(5));
        await Scene.Until(
            async () =>
            {
                await _host.Management.ForceActivationCollection(TimeSpan.Zero);
                return await _host.Count(typeof(DeliveryGrain));
            },
            count => count == 0, "the delivery to leave memory");
        Assert.True(_clock.GetUtcNow() < due - TimeSpan.FromMinutes(5), "It waited in memory.");

        var before = _poster.Posts;
        _poster.Answer = new PostResult(200, null);
        await _host.PassUntil(() => Task.FromResult(_poster.Posts > before), Step, "the next try");

        // A reminder fires within a minute, and on a slow machine a few more steps pass.
        Assert.InRange(_poster.Tries.Last().At, due, due + TimeSpan.FromMinutes(1) + (10 * Step));
        await Scene.Until(
            async () => (await Read(id)).Status, status => status == DeliveryStatus.Delivered, "delivery");
        await Scene.Until(
            Reminders, rows => rows.All(row => row.GrainId.ToString() != $"delivery/{id}"), "its reminder to go");
    }

    [Fact]
    public async Task Receiver_DownForAnHour_GetsEachEventOnce()
    {
        var ids = new List<string>();
        for (var number = 0; number < 6; number++)
        {
            ids.Add(await EndOneJob());
            await Pass(TimeSpan.FromMinutes(10));
        }

        Assert.DoesNotContain(_poster.Tries, tried => tried.Taken);
        await _host.Restart();
        _poster.Answer = new PostResult(200, null);
        await _host.PassUntil(
            async () => (await Task.WhenAll(ids.Select(Read))).All(state => state.Status == DeliveryStatus.Delivered),
            Step, "every delivery");
        foreach (var id in ids)
        {
            var tries = _poster.Tries.Where(tried => tried.Id == $"msg_{id}").ToList();
            Assert.True(tries[^1].Taken && tries.Count(tried => tried.Taken) == 1, $"{id}: {string.Join(", ", tries)}");
            Assert.Equal(tries.Select(tried => tried.At).Order(), tries.Select(tried => tried.At));
        }

        var sent = _poster.Posts;
        await Pass(TimeSpan.FromHours(3));
        Assert.Equal(sent, _poster.Posts);
    }

    [Fact]
    public async Task Receiver_DownForGood_IsGivenUpAfterADay()
    {
        var id = await EndOneJob();
        await _host.PassUntil(
            async () => (await Read(id)).Status == DeliveryStatus.GivenUp, LongStep, "the end of the tries");

        var state = await Read(id);
        // Time passes in steps: tries that fall into one step are made once, and a slow machine lags some steps behind.
        Assert.InRange(_poster.Posts, DeliveryMachine.Schedule.Length - 2, DeliveryMachine.Schedule.Length);
        Assert.InRange(
            _poster.Tries.Last().At - state.CreatedAt, TimeSpan.FromHours(24), TimeSpan.FromHours(25));
    }

    private async Task<string> EndOneJob()
    {
        var id = await _scene.Run("shop", change: spec => spec with
        {
            DeadlineAt = _clock.GetUtcNow() + TimeSpan.FromMinutes(5),
            Webhook = new JobWebhook("https://shop.example/hook", "https://here.example"),
        });
        await _host.PassUntil(
            async () => (await _host.Directory.Delivery(id).Read()).Value is { Tries.Count: > 0 },
            TimeSpan.FromMilliseconds(50), $"the first try of {id}");
        return id;
    }

    private async Task<DateTimeOffset> PassUntilNextWaitIsLong(string id)
    {
        await _host.PassUntil(async () => await NextWait(id) > TimeSpan.FromHours(1), Step, "a long wait");
        return (await Read(id)).NextAt!.Value;
    }

    private async Task<TimeSpan?> NextWait(string id) => (await Read(id)).NextAt - _clock.GetUtcNow();

    private async Task<DeliveryState> Read(string id) => (await _host.Directory.Delivery(id).Read()).Value!;

    private async Task<IList<ReminderEntry>> Reminders() =>
        (await _host.Services.GetRequiredService<IReminderTable>().ReadRows(0, 0)).Reminders;

    /// <summary>
    /// Advances the clock in steps, with a moment of real time after each for the work that became due.
    /// </summary>
    private async Task Pass(TimeSpan time)
    {
        for (var until = _clock.GetUtcNow() + time; _clock.GetUtcNow() < until;)
        {
            _clock.Advance(Step);
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }
    }
}
