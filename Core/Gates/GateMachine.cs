using System.Collections.Immutable;
using TryOn.Core.Providers;

namespace TryOn.Core.Gates;

/// <summary>A gate's next state, and who may go in now, in the order they came.</summary>
public sealed record GateStep(GateState State, ImmutableArray<string> Admitted);

/// <summary>
/// Lets jobs through to one upstream account.
/// <code>
/// gate      what happens                               next
/// open      Enter, a place is free                     admitted
/// any       Enter, otherwise                           in line
/// open      Report Throttled                           paused for as long as the upstream asks, else 1 s doubling
/// paused    Report Throttled                           paused for as long as the upstream asks, if that is longer
/// open      Report Outage or OutcomeUnknown, 5 in row  down for 5 s, doubling to 60 s; calls begun before do not count
/// paused    Tick after its time                        open
/// down      Tick after its time                        one probe is admitted
/// down      Report of a success that began since       open
/// down      Report of a failure                        down for twice as long
/// any       Leave                                      its place goes to the first in line
/// </code>
/// Nothing of it is stored: after a crash, jobs that the upstream has hold their places again and the others come back.
/// </summary>
public static class GateMachine
{
    public const int FailuresMax = 5;

    private static readonly TimeSpan PauseMin = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan DownMin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan DownMax = TimeSpan.FromSeconds(60);

    public static GateStep Decide(GateState state, GateCommand command, DateTimeOffset now) => command switch
    {
        GateCommand.Enter enter => Admit(Enter(state, enter.JobId), now),
        GateCommand.Hold hold => new GateStep(OutOfLine(state, hold.JobId) with { Holders = state.Holders.Add(hold.JobId) }, []),
        GateCommand.Leave leave => Admit(Leave(state, leave.JobId), now),
        GateCommand.Report report => Admit(Report(state, report, now), now),
        _ => Admit(state, now),
    };

    /// <summary>When the gate wants a tick; null while only a job that leaves can change anything.</summary>
    public static DateTimeOffset? Due(GateState state) =>
        state.Line.IsEmpty || state.Probe is not null || Full(state) ? null : state.ClosedUntil;

    private static GateState Enter(GateState state, string jobId)
    {
        if (state.Holders.Contains(jobId) || state.Numbers.ContainsKey(jobId))
            return state;
        var number = state.LastNumber + 1;
        return state with
        {
            LastNumber = number,
            Line = state.Line.Add(number, jobId),
            Numbers = state.Numbers.Add(jobId, number),
        };
    }

    private static GateState OutOfLine(GateState state, string jobId) =>
        state.Numbers.TryGetValue(jobId, out var number)
            ? state with { Line = state.Line.Remove(number), Numbers = state.Numbers.Remove(jobId) }
            : state;

    /// <summary>A probe that leaves without a word has found nothing out, so the next one goes.</summary>
    private static GateState Leave(GateState state, string jobId) => OutOfLine(state, jobId) with
    {
        Holders = state.Holders.Remove(jobId),
        Before = state.Before.Remove(jobId),
        Probe = state.Probe == jobId ? null : state.Probe,
    };

    private static GateState Report(GateState state, GateCommand.Report report, DateTimeOffset now)
    {
        var after = state.Probe == report.JobId ? state with { Probe = null } : state;
        return report.Kind switch
        {
            FaultKind.Throttled => Throttled(after, report.RetryAfter, now),
            FaultKind.Outage or FaultKind.OutcomeUnknown => Failed(after, report, now),
            // Whatever else it answered, it answered; but to a call from before the failures it answers late.
            _ when after.Before.Contains(report.JobId) => after with { FailuresInRow = 0 },
            _ => Recovered(after) with { Throttles = 0, ClosedUntil = after.Open ? null : after.ClosedUntil },
        };
    }

    /// <summary>Refusals of calls that were under way when the pause began are the same refusal: only their hints are news.</summary>
    private static GateState Throttled(GateState state, TimeSpan? hint, DateTimeOffset now)
    {
        if (!state.Open && state.ClosedUntil is { } until && now < until)
            return Recovered(state) with { ClosedUntil = Later(until, now + Least(hint ?? TimeSpan.Zero, DownMax)) };
        return Recovered(state) with { Throttles = state.Throttles + 1, ClosedUntil = now + Pause(hint, state.Throttles) };
    }

    private static GateState Recovered(GateState state) => state with { Failures = 0, FailuresInRow = 0, Before = [] };

    /// <summary>Calls that were under way when the circuit opened say nothing new: only a probe lengthens the wait.</summary>
    private static GateState Failed(GateState state, GateCommand.Report report, DateTimeOffset now)
    {
        var late = state.Before.Contains(report.JobId);
        if (state.Open && (late || now < state.ClosedUntil))
            return state;
        var counted = state with
        {
            Failures = state.Failures + (late ? 0 : 1),
            FailuresInRow = state.FailuresInRow + 1,
            Before = state.Failures == 0 ? state.Holders : state.Before,
        };
        var failures = counted.FailuresInRow < FailuresMax ? counted.Failures : Math.Max(counted.Failures, FailuresMax);
        if (failures < FailuresMax)
            return counted;
        var wait = report.RetryAfter is { } hint && hint > DownMin ? Least(hint, DownMax) : Doubled(DownMin, failures - FailuresMax, DownMax);
        return counted with { Failures = failures, ClosedUntil = now + wait };
    }

    private static GateStep Admit(GateState state, DateTimeOffset now)
    {
        var admitted = ImmutableArray.CreateBuilder<string>();
        while (MayAdmit(state, now))
        {
            var (number, jobId) = state.Line.First();
            admitted.Add(jobId);
            state = state with
            {
                Line = state.Line.Remove(number),
                Numbers = state.Numbers.Remove(jobId),
                Holders = state.Holders.Add(jobId),
                Probe = state.Open ? jobId : null,
            };
        }

        return new GateStep(state, admitted.ToImmutable());
    }

    private static bool MayAdmit(GateState state, DateTimeOffset now) =>
        !state.Line.IsEmpty && state.Probe is null && !Full(state)
        && (state.ClosedUntil is not { } until || now >= until);

    private static bool Full(GateState state) => state.Holders.Count >= state.PlacesMax;

    private static TimeSpan Pause(TimeSpan? hint, int before) =>
        hint is { } wait && wait >= PauseMin ? Least(wait, DownMax) : Doubled(PauseMin, before, PauseMax);

    private static TimeSpan Doubled(TimeSpan first, int times, TimeSpan max) => Least(first * Math.Pow(2, Math.Min(times, 16)), max);

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
