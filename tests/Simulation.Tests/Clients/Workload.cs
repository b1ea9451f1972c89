using System.Collections.Immutable;
using TryOn.Core.Accounts;
using TryOn.Core.Jobs;
using TryOn.Core.Keys;
using TryOn.Core.Limits;
using TryOn.Simulation.Tests.Hosts;
using TryOn.Simulation.Tests.Upstreams;

namespace TryOn.Simulation.Tests.Clients;

/// <summary>Clients that place orders, and an operator that grants credits.</summary>
internal sealed class Workload(World world)
{
    private readonly Host _outside = new(world, "outside");
    private readonly List<Order> _orders = [];

    public void Begin()
    {
        for (var account = 1; account <= world.Traits.Accounts; account++)
        {
            var id = $"account-{account}";
            Schedule(world.Random.Milliseconds(0, 100), () => Open(id));
        }
    }

    public void AtTheEnd()
    {
        foreach (var order in _orders.Where(order => order.Answer is not null))
        {
            var job = world.Jobs.State(order.Answer!.Id);
            world.Hold(job is { Spec: not null }, "I4 lost", $"{order.Answer.Id} was promised and is gone.");
        }
    }

    private async Task Open(string account)
    {
        var operations = new Operator(world, _outside, account);
        var limits = AccountLimits.Default with { Concurrency = world.Traits.Concurrency };
        await operations.RepeatUntilAnswered(
            "open", a => a.Ask(new AccountCommand.Open(account, "Ann", AccountMode.Live, limits)));
        await operations.Grant(world.Random.Between(1, 20));
        for (var old = 0; old < world.Traits.OldGrants; old++)
            await operations.Grant(1);
        for (var number = 1; number <= world.Traits.Orders; number++)
            Place(account, number);
        for (var later = world.Random.Next(world.Traits.OldGrants > 0 ? 120 : 6); later > 0; later--)
            Schedule(
                world.Random.Milliseconds(0, StormMillisecondsLeft()),
                () => operations.Grant(world.Random.Between(1, 4)));
    }

    private void Place(string account, int number)
    {
        var upstream = world.Random.Pick(UpstreamKind.Finds, UpstreamKind.Refuses, UpstreamKind.Blind);
        // A host that is paused between its intent and its call may send twice to an upstream that runs duplicates.
        upstream = upstream == UpstreamKind.Finds && world.Traits.Pauses > 0 ? UpstreamKind.Refuses : upstream;
        var contested = world.Random.Chance(80);
        var order = new Order(
            account, $"{account}/{number}", "print-1", world.Random.Between(1, 3), upstream, contested)
        {
            Fallbacks = Fallbacks(upstream), Webhook = world.Random.Chance(333),
        };
        Place(order);
        if (contested)
            Place(order with { Fingerprint = "print-2" });
    }

    /// <summary>Every third order has one or two fallbacks at other upstreams, each at a different price.</summary>
    private ImmutableList<Route> Fallbacks(UpstreamKind first)
    {
        var others = Enum.GetValues<UpstreamKind>()
            .Where(kind => kind != first && (kind != UpstreamKind.Finds || world.Traits.Pauses == 0)).ToList();
        return world.Random.Chance(333)
            ? [.. others.Take(world.Random.Between(1, 2)).Select(kind =>
                new Route($"model-{kind}", SimulatedUpstream.NameOf(kind), world.Random.Between(1, 4)))]
            : [];
    }

    private void Place(Order order)
    {
        _orders.Add(order);
        // A few orders come after the storm, when nothing fails; they must succeed.
        var latest = StormMillisecondsLeft() + (world.Random.Chance(200) ? 30_000 : 0);
        Schedule(world.Random.Milliseconds(0, latest), () => new Client(world, _outside, order).Run());
    }

    /// <summary>The milliseconds until the storm is over.</summary>
    private int StormMillisecondsLeft() => (int)Math.Max(
        0, (world.Traits.Storm - world.Timeline.Now).TotalMilliseconds);

    private void Schedule(TimeSpan after, Func<Task> act) => world.Timeline.After(
        after, _outside, () => _ = Watch(act()));

    private async Task Watch(Task task)
    {
        try
        {
            await task;
        }
        catch (Exception failure)
        {
            world.Break("simulation", $"A client fell over: {failure}");
        }
    }
}
