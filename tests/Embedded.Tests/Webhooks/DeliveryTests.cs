using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using TryOn.Behaviour;
using TryOn.Core.Accounts;
using TryOn.Core.Egress;
using TryOn.Core.Images;
using TryOn.Core.Jobs;
using TryOn.Core.Pictures;
using TryOn.Core.Webhooks;
using TryOn.Engine.Webhooks;

namespace TryOn.Embedded.Tests.Webhooks;

/// <summary>Webhooks from the job's end to the receiver, by the whole host, over hours that pass in a moment.</summary>
public sealed class DeliveryTests : IAsyncLifetime
{
    private const string Account = "shop";

    private static readonly TimeSpan Step = TimeSpan.FromMinutes(1);

    private readonly VirtualClock _clock = new();
    private readonly Courier _courier;
    private readonly List<string> _jobs = [];
    private HostUnderTest _host = null!;

    public DeliveryTests() => _courier = new Courier(_clock);

    public async Task InitializeAsync()
    {
        _host = await EmbeddedUnderTest.Start(_clock, services => services
            .AddSingleton<IPoster>(_courier)
            .AddSingleton(EgressAllowList.Empty)
            .AddSingleton<WebhookBody>((job, spec) => Task.FromResult(Encoding.UTF8.GetBytes($"{spec.Origin} {job.Id} {job.Status}"))));
        await new Scene(_host).OpenAccount(Account, credits: 100);
    }

    /// <summary>A stop, too, waits a moment of this time.</summary>
    public async Task DisposeAsync()
    {
        var stopped = _host.DisposeAsync().AsTask();
        await Until(() => Task.FromResult(stopped.IsCompleted), "the host to stop");
        await stopped;
    }

    [Fact]
    public async Task Receiver_DownForAnHour_GetsEachEventOnce()
    {
        _courier.BackAt = _clock.GetUtcNow() + TimeSpan.FromHours(1);
        for (var i = 0; i < 11; i++)
        {
            await EndOneJob();
            await Pass(TimeSpan.FromMinutes(5));
        }

        Assert.DoesNotContain(_courier.Tries, tried => tried.Taken);
        _clock.Forget();
        await _host.Restart();
        await Pass(TimeSpan.FromHours(2));
        foreach (var id in _jobs)
        {
            var tries = _courier.Tries.Where(tried => tried.Id == $"msg_{id}").ToList();
            Assert.True(tries[^1].Taken && tries.Count(tried => tried.Taken) == 1, $"{id}: {string.Join(", ", tries)}");
            Assert.Single(tries.Select(tried => tried.Body).Distinct());
            Assert.Equal($"https://here.example {id} Succeeded", tries[0].Body);
            Assert.Equal(tries.Select(tried => tried.At).Order(), tries.Select(tried => tried.At));
        }

        var sent = _courier.Tries.Count;
        await Pass(TimeSpan.FromHours(25));
        Assert.Equal(sent, _courier.Tries.Count);
    }

    [Fact]
    public async Task Receiver_DownForGood_IsLeftAfterADay()
    {
        _courier.BackAt = DateTimeOffset.MaxValue;
        await EndOneJob();
        await Pass(TimeSpan.FromHours(25));
        var state = (await _host.Directory.Delivery(_jobs[0]).Read()).Value!;
        Assert.Equal(DeliveryStatus.GivenUp, state.Status);
        // Time passes in steps, and tries that fall into one step are one.
        Assert.InRange(_courier.Tries.Count, DeliveryMachine.Schedule.Length - 2, DeliveryMachine.Schedule.Length);
        Assert.InRange(_courier.Tries.Last().At - state.CreatedAt, TimeSpan.FromHours(24), TimeSpan.FromHours(24) + Step);
    }

    /// <summary>Nobody asks for it meanwhile: whoever does takes it up.</summary>
    [Fact]
    public async Task Delivery_ThatWaitsForLong_LeavesMemoryAndIsSentInTime()
    {
        _courier.BackAt = DateTimeOffset.MaxValue;
        await EndOneJob();
        await Pass(TimeSpan.FromMinutes(6));
        var (sent, next) = (_courier.Tries.Count, (await _host.Directory.Delivery(_jobs[0]).Read()).Value!.NextAt!.Value);

        await Wait(() => ((EmbeddedUnderTest)_host).Embedded.Count == 0, "memory to empty");
        Assert.True(_clock.GetUtcNow() < next - TimeSpan.FromMinutes(5), "It waited in memory.");
        await Wait(() => _courier.Tries.Count > sent, "the next try");

        Assert.InRange(_courier.Tries.Last().At, next, next + TimeSpan.FromSeconds(20));
    }

    private Task Wait(Func<bool> done, string what) => Scene.Until(
        () =>
        {
            if (!done())
                _clock.Pass(TimeSpan.FromSeconds(5));
            return Task.FromResult(done());
        },
        happened => happened, what);

    private async Task EndOneJob()
    {
        var id = $"job_{_jobs.Count}";
        _jobs.Add(id);
        await _host.Directory.Account(Account).Reserve(new AccountCommand.Reserve(id, 1, "f"));
        var (person, garment) = (new PictureId(id, "in-person-0.png"), new PictureId(id, "in-garment-0.png"));
        await _host.Pictures.Save(person, TestPictures.Png, CancellationToken.None);
        await _host.Pictures.Save(garment, TestPictures.Png, CancellationToken.None);
        var spec = new JobSpec(
            Account, AccountMode.Test, "model", ScriptedProvider.ProviderName, Credits: 1, [new JobPicture(person, ImageFormat.Png)],
            [new JobPicture(garment, ImageFormat.Png)], Prompt: null, FastMode: false, "f", _clock.GetUtcNow() + TimeSpan.FromMinutes(5))
        {
            Webhook = new JobWebhook("https://shop.example/hook", "https://here.example"),
        };
        Assert.True((await _host.Directory.Job(id).Start(new JobCommand.Start(id, spec))).Ok);
        await Until(async () => (await _host.Directory.Delivery(id).Read()).Ok, $"the delivery of {id}");
    }

    /// <summary>Lets time pass, and all that falls due in it happen.</summary>
    private async Task Pass(TimeSpan time)
    {
        for (var until = _clock.GetUtcNow() + time; _clock.GetUtcNow() < until;)
        {
            _clock.Pass(Step);
            await Until(Quiet, "deliveries to be sent");
        }
    }

    private async Task<bool> Quiet()
    {
        var now = _clock.GetUtcNow();
        var states = await Task.WhenAll(_jobs.Select(async id => (await _host.Directory.Delivery(id).Read()).Value!));
        return states.All(state => state.Status != DeliveryStatus.Pending || state.NextAt > now);
    }

    /// <summary>A timer may be armed again only after it was missed, so time goes on a little while something is waited for.</summary>
    private Task Until(Func<Task<bool>> done, string what) => Scene.Until(
        async () =>
        {
            if (await done())
                return true;
            _clock.Pass(TimeSpan.FromMilliseconds(5));
            return false;
        },
        happened => happened, what);

    /// <summary>The way to a receiver that is down for a while.</summary>
    private sealed class Courier(TimeProvider clock) : IPoster
    {
        public DateTimeOffset BackAt { get; set; }

        public ConcurrentQueue<(DateTimeOffset At, string Id, string Body, bool Taken)> Tries { get; } = new();

        public ValueTask<PostResult> Post(Uri address, PostContent content, FetchPolicy policy, CancellationToken cancellation)
        {
            var now = clock.GetUtcNow();
            Tries.Enqueue((now, content.Headers["webhook-id"], Encoding.UTF8.GetString(content.Body), now >= BackAt));
            return ValueTask.FromResult(now >= BackAt ? new PostResult(200, null) : new PostResult(null, FetchFailure.Unreachable));
        }
    }
}
