using System.Collections.Immutable;
using TryOn.Core.Providers;

namespace TryOn.Core.Gates;

/// <summary>A gate's next state, and the jobs admitted by this step in order of arrival.</summary>
public sealed record GateStep(GateState State, ImmutableArray<string> Admitted);

/// <summary>
/// Limits the calls to one upstream account: a queue, a fixed number of permits, and a circuit breaker.
/// <code>
/// gate      what happens                               next
/// open      Enter, a permit is free                    admitted
/// any       Enter, otherwise                           queued
/// open      Report Throttled                           paused for as long as the upstream asks, else 1 s doubling
/// paused    Report Throttled                           paused for as long as the upstream asks, if that is longer
/// open      Report Outage or OutcomeUnknown, 5 in row  down for 5 s, doubling to 60 s; calls begun before do not count
/// paused    Tick after its time                        open
/// down      Tick after its time                        one probe is admitted
/// down      Report of a success that began since       open
/// down      Report of a failure                        down for twice as long
/// any       Leave                                      the permit goes to the first job in the queue
/// </code>
/// The state is not stored: after a crash, jobs that the upstream has take their permits again and the others requeue.
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
        GateCommand.Hold hold =>
            new GateStep(RemoveFromQueue(state, hold.JobId) with { Holders = state.Holders.Add(hold.JobId) }, []),
        GateCommand.Leave leave => Admit(Leave(state, leave.JobId), now),
        GateCommand.Report report => Admit(Report(state, report, now), now),
        _ => Admit(state, now),
    };

    /// <summary>When the gate needs a tick; null while nothing changes unless a job leaves.</summary>
    public static DateTimeOffset? Due(GateState state) =>
        state.Queue.IsEmpty || state.Probe is not null || IsFull(state) ? null : state.ClosedUntil;

    private static GateState Enter(GateState state, string jobId)
    {
        if (state.Holders.Contains(jobId) || state.QueueNumbers.ContainsKey(jobId))
            return state;
        var number = state.LastNumber + 1;
        return state with
        {
            LastNumber = number,
            Queue = state.Queue.Add(number, jobId),
            QueueNumbers = state.QueueNumbers.Add(jobId, number),
        };
    }

    private static GateState RemoveFromQueue(GateState state, string jobId) =>
        state.QueueNumbers.TryGetValue(jobId, out var number)
            ? state with { Queue = state.Queue.Remove(number), QueueNumbers = state.QueueNumbers.Remove(jobId) }
            : state;

    /// <summary>A probe that leaves without a report has shown nothing, so another probe may be admitted.</summary>
    private static GateState Leave(GateState state, string jobId) => RemoveFromQueue(state, jobId) with
    {
        Holders = state.Holders.Remove(jobId),
        StartedBefore = state.StartedBefore.Remove(jobId),
        Probe = state.Probe == jobId ? null : state.Probe,
    };

    private static GateState Report(GateState state, GateCommand.Report report, DateTimeOffset now)
    {
        var after = state.Probe == report.JobId ? state with { Probe = null } : state;
        return report.Kind switch
        {
            FaultKind.Throttled => Throttled(after, report.RetryAfter, now),
            FaultKind.Outage or FaultKind.OutcomeUnknown => Failed(after, report, now),
            // Any other answer is a success, but a late answer to a call from before the failures does not end them.
            _ when after.StartedBefore.Contains(report.JobId) => after with { FailuresInRow = 0 },
            _ => Recovered(after) with { Throttles = 0, ClosedUntil = after.CircuitOpen ? null : after.ClosedUntil },
        };
    }

    /// <summary>
    /// During a pause, further throttled calls belong to the same refusal: only a longer hint extends the pause.
    /// </summary>
    private static GateState Throttled(GateState state, TimeSpan? hint, DateTimeOffset now)
    {
        if (!state.CircuitOpen && state.ClosedUntil is { } until && now < until)
            return Recovered(state) with { ClosedUntil = Max(until, now + Min(hint ?? TimeSpan.Zero, DownMax)) };
        return Recovered(
            state) with { Throttles = state.Throttles + 1, ClosedUntil = now + Pause(hint, state.Throttles) };
    }

    private static GateState Recovered(GateState state) =>
        state with { Failures = 0, FailuresInRow = 0, StartedBefore = [] };

    /// <summary>
    /// Failures of calls that were running when the circuit opened are ignored: only a failed probe extends the wait.
    /// </summary>
    private static GateState Failed(GateState state, GateCommand.Report report, DateTimeOffset now)
    {
        var late = state.StartedBefore.Contains(report.JobId);
        if (state.CircuitOpen && (late || now < state.ClosedUntil))
            return state;
        var counted = state with
        {
            Failures = state.Failures + (late ? 0 : 1),
            FailuresInRow = state.FailuresInRow + 1,
            StartedBefore = state.Failures == 0 ? state.Holders : state.StartedBefore,
        };
        var failures = counted.FailuresInRow < FailuresMax ? counted.Failures : Math.Max(counted.Failures, FailuresMax);
        if (failures < FailuresMax)
            return counted;
        var wait = report.RetryAfter is { } hint && hint > DownMin
            ? Min(hint, DownMax)
            : Backoff(DownMin, failures - FailuresMax, DownMax);
        return counted with { Failures = failures, ClosedUntil = now + wait };
    }

    private static GateStep Admit(GateState state, DateTimeOffset now)
    {
        var admitted = ImmutableArray.CreateBuilder<string>();
        while (MayAdmit(state, now))
        {
            var (number, jobId) = state.Queue.First();
            admitted.Add(jobId);
            state = state with
            {
                Queue = state.Queue.Remove(number),
                QueueNumbers = state.QueueNumbers.Remove(jobId),
                Holders = state.Holders.Add(jobId),
                Probe = state.CircuitOpen ? jobId : null,
            };
        }

        return new GateStep(state, admitted.ToImmutable());
    }

    private static bool MayAdmit(GateState state, DateTimeOffset now) =>
        !state.Queue.IsEmpty && state.Probe is null && !IsFull(state)
        && (state.ClosedUntil is not { } until || now >= until);

    private static bool IsFull(GateState state) => state.Holders.Count >= state.ConcurrencyMax;

    private static TimeSpan Pause(TimeSpan? hint, int before) =>
        hint is { } wait && wait >= PauseMin ? Min(wait, DownMax) : Backoff(PauseMin, before, PauseMax);

    private static TimeSpan Backoff(TimeSpan first, int times, TimeSpan max) =>
        Min(first * Math.Pow(2, Math.Min(times, 16)), max);

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static DateTimeOffset Max(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
