using TryOn.Core.Egress;
using TryOn.Core.Jobs;
using TryOn.Core.Providers;
using TryOn.Simulation.Tests.Hosts;
using TryOn.Simulation.Tests.Storage;

namespace TryOn.Simulation.Tests.Upstreams;

/// <summary>
/// An upstream as one host reaches it, over a connection that may break before or after a submit arrives.
/// </summary>
internal sealed class HostProvider(World world, Host host, SimulatedUpstream upstream) : ITryOnProvider
{
    /// <summary>
    /// How late, in milliseconds, a submit may arrive at an upstream that runs duplicates: less than the time between
    /// the machine's two lookups, by any two hosts' clocks.
    /// </summary>
    private int LateMax => (int)(RetryPolicy.AbsenceWait - world.Traits.Skew).TotalMilliseconds - 300;

    private static readonly FaultKind[] Faults =
        [.. Enum.GetValues<FaultKind>().Where(kind => kind != FaultKind.None)];

    public string Name => upstream.Name;

    public int ConcurrencyMax => world.Traits.GatePlaces;

    /// <summary>The longest time that <see cref="Submit"/> takes.</summary>
    public TimeSpan SubmitMax => TimeSpan.FromSeconds(21);

    public EgressAllowList Downloads => EgressAllowList.Empty;

    public async Task<ProviderReply> Submit(ProviderCall call, CancellationToken cancellation) =>
        host.Echoes.Heard(call.AttemptId, await Send(call));

    public async Task<ProviderReply> Poll(string upstreamId, CancellationToken cancellation) =>
        host.Echoes.Heard(upstream.AttemptOf(upstreamId), await Ask(upstreamId));

    private async Task<ProviderReply> Send(ProviderCall call)
    {
        world.Rules.Upstreams.Sent(upstream.Kind, call.AttemptId);
        if (world.Fault(world.Traits.UpstreamFaults / 2))
            return await Refused();
        if (world.Fault(world.Traits.UpstreamFaults / 2))
            return await CutOff(call.AttemptId);
        var run = new TaskCompletionSource<UpstreamRun?>(TaskCreationOptions.RunContinuationsAsynchronously);
        world.Timeline.After(
            world.Random.Milliseconds(1, Math.Min(400, LateMax)), null,
            () => run.SetResult(upstream.Arrive(call.AttemptId)));
        return await run.Task is { } begun ? await Answer(begun) : Unknown("twin");
    }

    private async Task<ProviderReply> Ask(string upstreamId)
    {
        await Wait.For(world, host, 5, 300);
        var harmless = world.Random.Pick(
            FaultKind.Throttled, FaultKind.Outage, FaultKind.OutcomeUnknown, FaultKind.Operator, FaultKind.Caller);
        return world.Fault(world.Traits.UpstreamFaults / 2)
            ? ProviderReply.FaultOf(harmless, "poll", Hint())
            : upstream.Poll(upstreamId);
    }

    public async Task<ProviderReply> Find(string attemptId, string model, CancellationToken cancellation)
    {
        await Wait.For(world, host, 5, 300);
        if (upstream.Kind == UpstreamKind.Blind)
            return new ProviderReply.CannotTell();
        return world.Fault(world.Traits.UpstreamFaults / 2)
            ? ProviderReply.FaultOf(world.Random.Pick(Faults), "find", Hint())
            : upstream.Find(attemptId);
    }

    private async Task<ProviderReply> Refused()
    {
        await Wait.For(world, host, 5, 500);
        var kind = world.Random.Pick(
            FaultKind.Throttled, FaultKind.Throttled, FaultKind.Outage, FaultKind.Outage, FaultKind.Caller,
            FaultKind.Operator);
        return ProviderReply.FaultOf(kind, "refused", Hint());
    }

    /// <summary>A submit that never arrives, or that arrives now or later without its answer coming back.</summary>
    private async Task<ProviderReply> CutOff(string attemptId)
    {
        var way = world.Random.Next(3);
        if (way > 0)
        {
            var late = upstream.Kind != UpstreamKind.Finds && way == 2;
            world.Timeline.After(
                world.Random.Milliseconds(1, late ? 90_000 : LateMax), null, () => upstream.Arrive(attemptId, late));
        }

        await Wait.For(world, host, 5, way == 0 ? 10_000 : 500);
        return Unknown("cut off");
    }

    private async Task<ProviderReply> Answer(UpstreamRun run)
    {
        if (upstream.Kind != UpstreamKind.Blind)
            return new ProviderReply.Waiting(run.Id, world.Random.Milliseconds(200, 4000));
        await Wait.For(world, host, 200, world.Stormy ? 20_000 : 6000);
        run.Over = run.Fate != Fate.Picture;
        return run.Fate switch
        {
            Fate.Picture => new ProviderReply.Delivered([SimulatedPicture.Png]),
            Fate.Garbage => new ProviderReply.Delivered([SimulatedPicture.Garbage]),
            Fate.Refused => ProviderReply.EndOf(FaultKind.Moderation, "refused"),
            Fate.Empty => ProviderReply.EndOf(FaultKind.NoPicture, "empty"),
            _ => ProviderReply.EndOf(FaultKind.Outage, "broken"),
        };
    }

    private TimeSpan? Hint() =>
        world.Random.Pick<TimeSpan?>(null, TimeSpan.Zero, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(20));

    private static ProviderReply Unknown(string code) => ProviderReply.FaultOf(FaultKind.OutcomeUnknown, code);
}
