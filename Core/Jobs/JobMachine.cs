using System.Collections.Immutable;
using TryOn.Core.Errors;
using TryOn.Core.Machines;
using JobDecision = TryOn.Core.Machines.Decision<TryOn.Core.Jobs.JobEvent, TryOn.Core.Jobs.JobEffect>;

namespace TryOn.Core.Jobs;

/// <summary>
/// Drives one job to exactly one end.
/// <code>
/// status       command                              next
/// None         Start                                Accepted
/// None         GetSettlement, reservation old               Canceled (never started)
/// Accepted     GateEntered                          Submitting: the intent is committed, then the call goes out
/// Submitting   Replied Waiting | Ready              Waiting | Storing
/// Submitting   Replied Faulted                      Accepted (another attempt later) | Failed | Submitting (unclear)
/// Submitting   SubmitRunning                        the same, looked up later: the node that called is alive
/// Submitting   Found Waiting | Ready | Ended        Waiting | Storing | Accepted, Failed
/// Submitting   Found Absent, twice                  Accepted (to be sent again under the same id)
/// Submitting   Found CannotTell                     Accepted (one more attempt) | Failed
/// Submitting   Found Faulted                        Submitting (asked again later)
/// Submitting, Waiting: a fault beyond its retries   Accepted on the next route, where there is one for it | Failed
/// Waiting      Hinted                               Waiting (asked now)
/// Waiting      Replied Waiting | Ready | Ended      Waiting | Storing | Accepted, Failed
/// any of these Stored                               Succeeded
/// Accepted     Cancel                               Canceled
/// any of these Cancel                               the same, canceled by what would else be another attempt
/// Waiting      CancelAnswered Stopped               Canceled
/// any but a submit under way: deadline              Failed
/// ended        AccountAnswered, Noticed             ended and settled, and the webhook's delivery written down
/// </code>
/// Nothing but <see cref="JobCommand.Stored"/> leads to Succeeded, and nothing but Succeeded to a capture.
/// </summary>
public sealed partial class JobMachine : IMachine<JobState, JobCommand, JobEvent, JobEffect>
{
    /// <summary>How long a request may take between its reservation and its job before it counts as lost.</summary>
    public static readonly TimeSpan StartMax = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan StoreRetryMin = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan StoreRetryMax = TimeSpan.FromSeconds(15);

    public static JobState Initial { get; } = new();

    public static JobCommand Tick { get; } = new JobCommand.Tick();

    public static JobDecision Decide(JobState state, JobCommand command, DateTimeOffset now) => command switch
    {
        JobCommand.Start start => Start(state, start, now),
        JobCommand.GateEntered entered => GateEntered(state, entered.Node, now),
        JobCommand.Replied replied when IsCurrent(state, replied.Attempt) => Replied(state, replied.Reply, now),
        JobCommand.Found found when IsCurrent(state, found.Attempt) => Found(state, found.Reply, now),
        JobCommand.SubmitRunning still when IsCurrent(state, still.Attempt) && IsSubmitRunning(state) =>
            Defer(state, still.Until),
        JobCommand.Hinted when state.Status == JobStatus.None => JobDecision.Reject(Error.NoSuchJob),
        JobCommand.Hinted hinted when IsCurrent(state, hinted.Attempt) => Hinted(state, now),
        JobCommand.Stored stored when IsCurrent(state, stored.Attempt) => Stored(state, stored, now),
        JobCommand.StoreFailed failed when IsCurrent(state, failed.Attempt) && state.Status == JobStatus.Storing =>
            Defer(state, now + StoreRetryAfter(state, now)),
        JobCommand.GetSettlement query => GetSettlement(state, query, now),
        JobCommand.AccountAnswered answered => AccountAnswered(state, answered, now),
        JobCommand.Noticed noticed => Noticed(state, noticed, now),
        JobCommand.Cancel => Cancel(state, now),
        JobCommand.CancelAnswered answered when IsCurrent(state, answered.Attempt) =>
            CancelAnswered(state, answered, now),
        JobCommand.Tick => OnTick(state, now),
        _ => JobDecision.Repeat(View(state)),
    };

    public static JobState Evolve(JobState state, JobEvent @event)
    {
        var after = JobFold.Apply(state, @event) with { Version = state.Version + (Durable(@event) ? 1 : 0) };
        return after with { Steps = JobStep.After(state.Steps, after.Version, after.Status, after.Ended) };
    }

    public static ImmutableArray<JobEffect> Pending(JobState state) => state switch
    {
        // The write that ended the job may have succeeded although its effects were never begun.
        { Ended: true, Settlement: Settlement.None } => [.. EndEffects(state)],
        { OwesNotice: true, NoticeAt: null } => [Notice(state)],
        { Status: JobStatus.Accepted, NextAt: not null } => [.. LeaveGates(state)],
        { Status: JobStatus.Accepted } => [new JobEffect.EnterGate(state.Fallback)],
        // The tick asks in time. Asking now as well would count one absence twice.
        { Status: JobStatus.Submitting or JobStatus.Waiting or JobStatus.Storing, NextAt: not null } =>
            [new JobEffect.HoldGate(state.Fallback), .. CancelUpstream(state)],
        { Status: JobStatus.Submitting, Attempt: { } a } =>
            [new JobEffect.HoldGate(state.Fallback), new JobEffect.Find(a)],
        { Status: JobStatus.Waiting, Attempt: { } a } => 
            [new JobEffect.HoldGate(state.Fallback), new JobEffect.Poll(a), .. CancelUpstream(state)],
        { Status: JobStatus.Storing, Attempt: { } a } =>
            [new JobEffect.HoldGate(state.Fallback), new JobEffect.Store(a, state.Addresses)],
        _ => [],
    };

    public static DateTimeOffset? Due(JobState state) => state switch
    {
        { Ended: true } => Earlier(
            state.Settlement == Settlement.None ? state.NextAt : null, state.OwesNotice ? state.NoticeAt : null),
        { Status: JobStatus.None } => null,
        // A running submit ends by its own time-out. Cutting it off would only make its outcome unknown.
        _ when IsSubmitRunning(state) => state.NextAt,
        { Spec: { } spec } => Earlier(Earlier(state.NextAt, state.CancelAt), spec.DeadlineAt),
        _ => null,
    };

    public static bool Unfinished(JobState state) =>
        state.Status != JobStatus.None && !(state.Ended && state.Settlement != Settlement.None && !state.OwesNotice);

    public static bool Durable(JobEvent @event) =>
        @event is not (JobEvent.Asked or JobEvent.Deferred or JobEvent.NoticeDeferred);

    public static JobView View(JobState state) => new(
        state.Id, state.Spec?.AccountId ?? "", state.Spec?.Mode ?? default, Model(state), state.Status,
        state.Version, state.Status is JobStatus.Failed or JobStatus.Canceled ? 0 : Route(state)?.Credits ?? 0,
        state.CreatedAt, state.StartedAt, state.EndedAt, state.Outputs, RouteFailures.ErrorOf(state),
        state.Spec?.Fingerprint ?? "", NeverStarted: state.Status == JobStatus.Canceled && state.Spec is null)
    {
        Submits = Submits.FromState(state), Costs = state.Costs, Group = state.Spec?.Group ?? [],
        Sent = state.Spec?.Sent,
        Steps = state.Steps, CancelRequested = state.CancelRequestedAt is not null, Streamed = state.Spec?.Streamed,
        InlinePictures = state.Spec?.InlinePictures == true,
    };

    /// <summary>
    /// Polls now instead of later. While a poll is running, and in any other status, this changes nothing.
    /// </summary>
    private static JobDecision Hinted(JobState state, DateTimeOffset now) => state switch
    {
        { NextAt: null } => JobDecision.Repeat(View(state)),
        _ when IsPastDeadline(state, now) => JobDecision.Repeat(View(state)),
        { Status: JobStatus.Waiting, Attempt: { } attempt } =>
            Accept(state, [new JobEvent.Asked()], new JobEffect.Poll(attempt)),
        // An absence counts only after its wait, so a hint must not bring it forward.
        { Status: JobStatus.Submitting, Attempt: { Unclear: true, Absences: 0 } attempt } =>
            Accept(state, [new JobEvent.Asked()], new JobEffect.Find(attempt)),
        _ => JobDecision.Repeat(View(state)),
    };

    private static JobDecision OnTick(JobState state, DateTimeOffset now)
    {
        if (Due(state) is not { } due || now < due)
            return JobDecision.Repeat(View(state));
        if (!state.Ended && !IsSubmitRunning(state) && IsPastDeadline(state, now))
            return TimeOut(state, now);
        if (!state.Ended && state.CancelAt <= now)
            return Cancel(state, now);
        if (state.Ended)
            return SettleAndNotify(state, now);
        return Accept(state, [new JobEvent.Asked()], state switch
        {
            { Status: JobStatus.Accepted } => new JobEffect.EnterGate(state.Fallback),
            { Status: JobStatus.Submitting, Attempt: { } attempt } => new JobEffect.Find(attempt),
            { Status: JobStatus.Waiting, Attempt: { } attempt } => new JobEffect.Poll(attempt),
            { Attempt: { } attempt } => new JobEffect.Store(attempt, state.Addresses),
            _ => throw new InvalidOperationException($"A tick is due in status {state.Status}."),
        });
    }

    private static JobDecision TimeOut(JobState state, DateTimeOffset now)
    {
        var late = new Error(ErrorCode.Timeout, "No picture came in time. Nothing was charged.");
        return End(state, [new JobEvent.Failed(late, Cause: null, now)]);
    }

    private static JobDecision End(JobState state, ReadOnlySpan<JobEvent> end) =>
        Accept(state, end, EndEffects(Evolve(state, end[^1])));

    /// <summary>
    /// For every route so far: the write that left a route may have succeeded although its gate was never left.
    /// </summary>
    private static IEnumerable<JobEffect> LeaveGates(JobState state) =>
        Enumerable.Range(0, (state.Fallback ?? -1) + 1).Select(place => (int?)place).Prepend(null)
            .Select(fallback => new JobEffect.LeaveGate(fallback));

    /// <summary>
    /// A result that cannot be fetched whole is fetched again until the deadline. The delay is as long as the time
    /// since it was ready, so it doubles without a stored retry count.
    /// </summary>
    private static TimeSpan StoreRetryAfter(JobState state, DateTimeOffset now) =>
        now - state.ReadyAt is not { } since || since < StoreRetryMin ? StoreRetryMin
        : since < StoreRetryMax ? since
        : StoreRetryMax;

    private static JobDecision Defer(JobState state, DateTimeOffset until) =>
        Accept(state, [new JobEvent.Deferred(until)]);

    private static JobDecision Accept(
        JobState state, ReadOnlySpan<JobEvent> events, params ReadOnlySpan<JobEffect> effects)
    {
        var after = state;
        foreach (var @event in events)
            after = Evolve(after, @event);
        return JobDecision.Accept(View(after), events, effects);
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null || other < one ? other ?? one : one;

    /// <summary>True once the intent to submit is stored, until an outcome is.</summary>
    private static bool IsSubmitRunning(JobState state) =>
        state is { Status: JobStatus.Submitting, Attempt.Unclear: false };

    private static bool IsPastDeadline(JobState state, DateTimeOffset now) => now >= state.Spec!.DeadlineAt;

    private static bool IsCurrent(JobState state, int attempt) =>
        state.Status is JobStatus.Submitting or JobStatus.Waiting or JobStatus.Storing
            && state.Attempt?.Number == attempt;

    /// <summary>
    /// The model that is at work or has answered; the one that was asked for where none answered in the end.
    /// </summary>
    private static string Model(JobState state) =>
        (state.Status is JobStatus.Failed or JobStatus.Canceled ? state.Spec?.Model : Route(state)?.Model) ?? "";

    private static Route? Route(JobState state) => state.Spec?.RouteAt(state.Fallback);
}
