using System.Collections.Immutable;
using TryOn.Core.Errors;
using TryOn.Core.Machines;
using DeliveryDecision = TryOn.Core.Machines.Decision<
    TryOn.Core.Webhooks.DeliveryEvent, TryOn.Core.Webhooks.DeliveryEffect>;

namespace TryOn.Core.Webhooks;

/// <summary>
/// Delivers one webhook message at least once, or gives up after a day.
/// <code>
/// status     command                 next
/// None       Start                   Pending, sent at once
/// Pending    Answered 2xx            Delivered
/// Pending    Answered 410            GivenUp
/// Pending    Answered anything else  Pending until the schedule's next time | GivenUp past its last
/// Pending    Redeliver               Pending, sent at once
/// ended      Redeliver               Pending, from the start of the schedule
/// </code>
/// </summary>
public sealed class DeliveryMachine : IMachine<DeliveryState, DeliveryCommand, DeliveryEvent, DeliveryEffect>
{
    private const int Gone = 410;

    /// <summary>Times since the first send, as proposed by https://www.standardwebhooks.com.</summary>
    public static readonly ImmutableArray<TimeSpan> Schedule =
    [
        TimeSpan.Zero, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(2),
        TimeSpan.FromHours(5), TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20),
        TimeSpan.FromHours(24),
    ];

    public static DeliveryState Initial { get; } = new();

    public static DeliveryCommand Tick { get; } = new DeliveryCommand.Tick();

    public static DeliveryDecision Decide(DeliveryState state, DeliveryCommand command, DateTimeOffset now) =>
        command switch
    {
        DeliveryCommand.Start start when state.Status == DeliveryStatus.None =>
            Accept(state, [new DeliveryEvent.Started(start.Id, start.Spec, now)]),
        DeliveryCommand.Start => DeliveryDecision.Repeat(state),
        _ when state.Status == DeliveryStatus.None =>
            DeliveryDecision.Reject(new Error(ErrorCode.NotFound, "This job has no webhook.")),
        DeliveryCommand.Answered answered => Answered(state, answered, now),
        DeliveryCommand.Redeliver when state.Status != DeliveryStatus.Pending =>
            Accept(state, [new DeliveryEvent.BegunAgain(now)]),
        DeliveryCommand.Redeliver when state.NextAt is not null => Accept(state, [new DeliveryEvent.Asked()]),
        DeliveryCommand.Tick when Due(state) <= now => Accept(state, [new DeliveryEvent.Asked()]),
        _ => DeliveryDecision.Repeat(state),
    };

    public static DeliveryState Evolve(DeliveryState state, DeliveryEvent @event) => @event switch
    {
        DeliveryEvent.Started e => state with
        {
            Id = e.Id, Spec = e.Spec, Status = DeliveryStatus.Pending, CreatedAt = e.At, RoundAt = e.At,
        },
        DeliveryEvent.Tried e => state with
        {
            Status = e.Status,
            NextAt = e.NextAt,
            Sends = state.Sends + 1,
            Tries = state.Tries.RemoveRange(0, Math.Max(0, state.Tries.Count + 1 - DeliveryState.TriesMax)).Add(e.Try),
        },
        DeliveryEvent.BegunAgain e => state with { Status = DeliveryStatus.Pending, RoundAt = e.At, NextAt = null },
        DeliveryEvent.Asked => state with { NextAt = null },
        _ => state,
    };

    public static ImmutableArray<DeliveryEffect> Pending(DeliveryState state) =>
        state is { Status: DeliveryStatus.Pending, NextAt: null } ? [Send(state)] : [];

    public static DateTimeOffset? Due(DeliveryState state) =>
        state.Status == DeliveryStatus.Pending ? state.NextAt : null;

    public static bool Unfinished(DeliveryState state) => state.Status == DeliveryStatus.Pending;

    /// <summary>
    /// The start of a send need not be durable: a send interrupted by a crash is repeated, since delivery is at least
    /// once.
    /// </summary>
    public static bool Durable(DeliveryEvent @event) => @event is not DeliveryEvent.Asked;

    private static DeliveryDecision Answered(DeliveryState state, DeliveryCommand.Answered answered, DateTimeOffset now)
    {
        if (state is not { Status: DeliveryStatus.Pending, NextAt: null } || answered.Send != state.Sends + 1)
            return DeliveryDecision.Repeat(state);
        var status = answered.Try.HttpStatus;
        var (next, left) = status switch
        {
            >= 200 and <= 299 => (DeliveryStatus.Delivered, null),
            Gone => (DeliveryStatus.GivenUp, null),
            _ when NextTime(state, now) is { } at => (DeliveryStatus.Pending, at),
            _ => (DeliveryStatus.GivenUp, (DateTimeOffset?)null),
        };
        var tried = new DeliveryEvent.Tried(answered.Try, next, left);
        return DeliveryDecision.Accept(Evolve(state, tried), [tried]);
    }

    /// <summary>The next scheduled time after now. Times missed while no host was running are skipped.</summary>
    private static DateTimeOffset? NextTime(DeliveryState state, DateTimeOffset now) => Schedule
        .Select(wait => (DateTimeOffset?)(state.RoundAt + wait)).FirstOrDefault(at => at > now);

    private static DeliveryDecision Accept(DeliveryState state, DeliveryEvent[] events)
    {
        var after = events.Aggregate(state, Evolve);
        return DeliveryDecision.Accept(after, events, Send(after));
    }

    private static DeliveryEffect Send(DeliveryState state) => new DeliveryEffect.Send(state.Sends + 1);
}
