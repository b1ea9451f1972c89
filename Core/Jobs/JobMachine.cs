using System.Collections.Immutable;
using TryOn.Core.Errors;
using TryOn.Core.Machines;
using TryOn.Core.Pictures;
using TryOn.Core.Providers;
using JobDecision = TryOn.Core.Machines.Decision<TryOn.Core.Jobs.JobEvent, TryOn.Core.Jobs.JobEffect>;

namespace TryOn.Core.Jobs;

/// <summary>
/// Drives one job to exactly one end.
/// <code>
/// status       command                              next
/// None         Start                                Accepted
/// None         Judge, reservation old               Canceled (never started)
/// Accepted     GateEntered                          Submitting: the intent is committed, then the call goes out
/// Submitting   Replied Waiting | Ready              Waiting | Storing
/// Submitting   Replied Faulted                      Accepted (another attempt later) | Failed | Submitting (unclear)
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
public sealed class JobMachine : IMachine<JobState, JobCommand, JobEvent, JobEffect>
{
    /// <summary>How long a request may take between its reservation and its job before it counts as lost.</summary>
    public static readonly TimeSpan StartMax = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan SettleRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan NoticeRetry = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan StoreRetry = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan PollRetry = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PollRetryMax = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AskAfter = TimeSpan.FromSeconds(1);

    public static JobState Initial { get; } = new();

    public static JobCommand Tick { get; } = new JobCommand.Tick();

    public static JobDecision Decide(JobState state, JobCommand command, DateTimeOffset now) => command switch
    {
        JobCommand.Start start => Start(state, start, now),
        JobCommand.GateEntered => GateEntered(state, now),
        JobCommand.Replied replied when Current(state, replied.Attempt) => Replied(state, replied.Reply, now),
        JobCommand.Found found when Current(state, found.Attempt) => Found(state, found.Reply, now),
        JobCommand.Hinted hinted when Current(state, hinted.Attempt) => Hinted(state, now),
        JobCommand.Stored stored when Current(state, stored.Attempt) => Stored(state, stored, now),
        JobCommand.StoreFailed failed when Current(state, failed.Attempt) && state.Status == JobStatus.Storing =>
            Defer(state, now + StoreRetry),
        JobCommand.Judge judge => Judge(state, judge, now),
        JobCommand.AccountAnswered answered => AccountAnswered(state, answered, now),
        JobCommand.Noticed noticed => Noticed(state, noticed, now),
        JobCommand.Cancel => Cancel(state, now),
        JobCommand.CancelAnswered answered when Current(state, answered.Attempt) => CancelAnswered(state, answered, now),
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
        // The write that ended it, or put it off, may have held though its effects never began.
        { Ended: true, Settlement: Settlement.None } => [.. Farewell(state)],
        { OwesNotice: true, NoticeAt: null } => [Notice(state)],
        { Status: JobStatus.Accepted, NextAt: not null } => [.. LeaveGates(state)],
        { Status: JobStatus.Accepted } => [new JobEffect.EnterGate(state.Fallback)],
        // The tick will ask in time. Asking now as well would take two looks at one moment for two absences.
        { Status: JobStatus.Submitting or JobStatus.Waiting or JobStatus.Storing, NextAt: not null } =>
            [new JobEffect.HoldGate(state.Fallback), .. CancelUpstream(state)],
        { Status: JobStatus.Submitting, Attempt: { } a } => [new JobEffect.HoldGate(state.Fallback), new JobEffect.Find(a)],
        { Status: JobStatus.Waiting, Attempt: { } a } => 
            [new JobEffect.HoldGate(state.Fallback), new JobEffect.Poll(a), .. CancelUpstream(state)],
        { Status: JobStatus.Storing, Attempt: { } a } => [new JobEffect.HoldGate(state.Fallback), new JobEffect.Store(a, state.Addresses)],
        _ => [],
    };

    public static DateTimeOffset? Due(JobState state) => state switch
    {
        { Ended: true } => Earlier(
            state.Settlement == Settlement.None ? state.NextAt : null, state.OwesNotice ? state.NoticeAt : null),
        // A submit under way ends by its own time-out. Cutting it off would only make its outcome unknown.
        { Status: JobStatus.None } or { Status: JobStatus.Submitting, Attempt.Unclear: false } => null,
        { Spec: { } spec } => Earlier(Earlier(state.NextAt, state.CancelAt), spec.DeadlineAt),
        _ => null,
    };

    public static bool Unfinished(JobState state) =>
        state.Status != JobStatus.None && !(state.Ended && state.Settlement != Settlement.None && !state.OwesNotice);

    public static bool Durable(JobEvent @event) => @event is not (JobEvent.Asked or JobEvent.Deferred or JobEvent.NoticeDeferred);

    public static JobView View(JobState state) => new(
        state.Id, state.Spec?.AccountId ?? "", state.Spec?.Mode ?? default, Model(state), state.Status,
        state.Version, state.Status is JobStatus.Failed or JobStatus.Canceled ? 0 : Route(state)?.Credits ?? 0,
        state.CreatedAt, state.StartedAt, state.EndedAt, state.Outputs, state.Error, state.Spec?.Fingerprint ?? "",
        NeverStarted: state.Status == JobStatus.Canceled && state.Spec is null)
    {
        Submits = Submits.Of(state), Costs = state.Costs, Group = state.Spec?.Group ?? [], Steps = state.Steps,
        CancelRequested = state.CancelRequestedAt is not null,
    };

    private static JobDecision Start(JobState state, JobCommand.Start start, DateTimeOffset now)
    {
        if (state.Status == JobStatus.None)
            return Accept(state, [new JobEvent.Accepted(start.Id, start.Spec, now)], new JobEffect.EnterGate());
        if (state.Spec is null)
        {
            return JobDecision.Reject(new Error(
                ErrorCode.Unavailable, "The request took too long to begin. Nothing was charged; send it again.",
                RetryAfter: TimeSpan.FromSeconds(1)));
        }

        return state.Spec.Fingerprint == start.Spec.Fingerprint && state.Spec.AccountId == start.Spec.AccountId
            ? JobDecision.Repeat(View(state))
            : JobDecision.Reject(new Error(
                ErrorCode.IdempotencyConflict, "This idempotency key was used with a different request."));
    }

    private static JobDecision GateEntered(JobState state, DateTimeOffset now)
    {
        if (state is not { Status: JobStatus.Accepted, NextAt: null })
            return JobDecision.Repeat(View(state));
        if (Late(state, now))
            return TimeOut(state, now);
        var number = state.FailedAttempts.Count + 1;
        JobEvent sent = state.Attempt is null
            ? new JobEvent.AttemptStarted(number, AttemptId.Of(state.Id, number), now)
            : new JobEvent.AttemptResent();
        return Accept(state, [sent], new JobEffect.Submit(Evolve(state, sent).Attempt!));
    }

    private static JobDecision Replied(JobState state, ProviderReply reply, DateTimeOffset now) => reply switch
    {
        ProviderReply.Waiting waiting when state.Status == JobStatus.Waiting => Defer(state, now + waiting.PollAfter),
        ProviderReply.Waiting waiting when state.Status == JobStatus.Submitting => Taken(
            state, new JobEvent.AttemptAccepted(waiting.UpstreamId, now + waiting.PollAfter)),
        ProviderReply.Ready ready when state.Status != JobStatus.Storing => Accept(
            state, [.. Charge(ready.Cost), new JobEvent.PicturesReady(ready.Addresses)],
            new JobEffect.Store(state.Attempt!, ready.Addresses)),
        ProviderReply.Ended ended => Fail(state, ended.Fault, now, ended.Cost),
        ProviderReply.Faulted faulted => Faulted(state, faulted.Fault, now, faulted.Cost),
        // An answer that means nothing here is as good as none, and the call that it ends is over all the same.
        _ => Faulted(state, new ProviderFault(FaultKind.OutcomeUnknown, "senseless"), now),
    };

    private static JobDecision Taken(JobState state, JobEvent accepted) =>
        Accept(state, [accepted], CancelUpstream(Evolve(state, accepted)));

    /// <summary>
    /// Where nothing is under way upstream it ends at once. A paid call that is out cannot be taken back: the upstream is
    /// asked to stop, and what would else be tried again is not.
    /// </summary>
    private static JobDecision Cancel(JobState state, DateTimeOffset now)
    {
        if (state.Status == JobStatus.None)
            return JobDecision.Reject(Error.NoSuchJob);
        if (state.Ended || state.CancelRequestedAt is not null)
            return JobDecision.Repeat(View(state));
        if (state.Status == JobStatus.Accepted)
            return End(state, [new JobEvent.Canceled(now)]);
        var requested = new JobEvent.CancelRequested(now);
        return Accept(state, [requested], CancelUpstream(Evolve(state, requested)));
    }

    private static JobDecision CancelAnswered(JobState state, JobCommand.CancelAnswered answered, DateTimeOffset now) =>
        answered.Stopped && state is { Status: JobStatus.Waiting, CancelRequestedAt: not null }
            ? End(state, [new JobEvent.Canceled(now)])
            : JobDecision.Repeat(View(state));

    private static JobEffect[] CancelUpstream(JobState state) =>
        state is { Status: JobStatus.Waiting, CancelRequestedAt: not null, Attempt: { } attempt }
            ? [new JobEffect.CancelUpstream(attempt)]
            : [];

    /// <summary>A poll that failed says nothing about the task, unless the upstream no longer knows it.</summary>
    private static JobDecision Faulted(
        JobState state, ProviderFault fault, DateTimeOffset now, ProviderCost? cost = null) => state.Status switch
    {
        JobStatus.Waiting when fault.Kind == FaultKind.TaskLost => Fail(state, fault, now),
        JobStatus.Waiting => Defer(state, now + AskAgainAfter(fault)),
        JobStatus.Submitting when fault.Kind == FaultKind.OutcomeUnknown => Unclear(state, now + AskAfter),
        JobStatus.Submitting => Fail(state, fault, now, cost),
        _ => JobDecision.Repeat(View(state)),
    };

    /// <summary>Asks now instead of later. While a question is under way, and in any other status, it changes nothing.</summary>
    private static JobDecision Hinted(JobState state, DateTimeOffset now) => state switch
    {
        { NextAt: null } => JobDecision.Repeat(View(state)),
        _ when Late(state, now) => JobDecision.Repeat(View(state)),
        { Status: JobStatus.Waiting, Attempt: { } attempt } =>
            Accept(state, [new JobEvent.Asked()], new JobEffect.Poll(attempt)),
        // An absence counts only after its wait, so a hint must not bring it forward.
        { Status: JobStatus.Submitting, Attempt: { Unclear: true, Absences: 0 } attempt } =>
            Accept(state, [new JobEvent.Asked()], new JobEffect.Find(attempt)),
        _ => JobDecision.Repeat(View(state)),
    };

    private static JobDecision Found(JobState state, ProviderReply reply, DateTimeOffset now) => reply switch
    {
        _ when state.Status != JobStatus.Submitting => JobDecision.Repeat(View(state)),
        ProviderReply.Absent absent => Absent(state, absent, now),
        ProviderReply.CannotTell => Fail(
            state, new ProviderFault(FaultKind.OutcomeUnknown, "lost"), now),
        ProviderReply.Faulted faulted => Unclear(state, now + AskAgainAfter(faulted.Fault)),
        ProviderReply.Waiting or ProviderReply.Ready or ProviderReply.Ended => Replied(state, reply, now),
        _ => Unclear(state, now + PollRetry),
    };

    /// <summary>A picture may be paid for and waiting: a long hint must not put the next look past the job's deadline.</summary>
    private static TimeSpan AskAgainAfter(ProviderFault fault) =>
        RetryPolicy.Hint(fault) is { } hint ? (hint < PollRetryMax ? hint : PollRetryMax) : PollRetry;

    private static JobDecision Unclear(JobState state, DateTimeOffset askAt) =>
        Accept(state, [new JobEvent.AttemptUnclear(askAt)]);

    /// <summary>
    /// The upstream does not know the attempt. It is asked twice, since a submit cut off in flight may still arrive;
    /// then the same attempt is sent again under the same id, which the upstream refuses if it did arrive after all. It goes
    /// through the gate like any other: what was lost was mostly lost by an upstream that is down for all.
    /// </summary>
    private static JobDecision Absent(JobState state, ProviderReply.Absent absent, DateTimeOffset now)
    {
        var attempt = state.Attempt!;
        if (attempt.Absences + 1 < RetryPolicy.AbsencesMin)
            return Accept(state, [new JobEvent.AttemptAbsent(now + (absent.AskAgainAfter ?? RetryPolicy.AbsenceWait))]);
        if (attempt.Sends >= RetryPolicy.SendsMax)
            return Fail(state, new ProviderFault(FaultKind.Outage, "absent"), now);
        if (Late(state, now))
            return TimeOut(state, now);
        if (state.CancelRequestedAt is not null)
            return End(state, [new JobEvent.Canceled(now)]);
        return Accept(state, [new JobEvent.AttemptParked(now + FallbackPolicy.Wait)], new JobEffect.LeaveGate(state.Fallback));
    }

    private static JobDecision Stored(JobState state, JobCommand.Stored stored, DateTimeOffset now) =>
        stored.Outputs.IsDefaultOrEmpty
            ? Fail(state, new ProviderFault(FaultKind.NoPicture, "empty"), now, stored.Cost)
            : End(state, [.. Charge(stored.Cost), new JobEvent.Succeeded(stored.Outputs, now)]);

    private static JobDecision Fail(JobState state, ProviderFault fault, DateTimeOffset now, ProviderCost? cost = null)
    {
        if (state.CancelRequestedAt is not null)
            return End(state, [.. Charge(cost), new JobEvent.Canceled(now)]);
        var leave = new JobEffect.LeaveGate(state.Fallback);
        if (RetryPolicy.RetryAfter(state, fault) is { } delay && now + delay < state.Spec!.DeadlineAt)
            return Accept(state, [.. Charge(cost), new JobEvent.AttemptFailed(fault.Kind, fault.Code, now, now + delay)], leave);
        if (FallbackPolicy.Next(state, fault.Kind) is { } next && now + FallbackPolicy.Wait < state.Spec!.DeadlineAt)
        {
            var failed = new JobEvent.AttemptFailed(fault.Kind, fault.Code, now, now + FallbackPolicy.Wait);
            return Accept(state, [.. Charge(cost), failed, new JobEvent.FellBack(next)], leave);
        }

        return End(state, [.. Charge(cost), new JobEvent.Failed(RetryPolicy.Tell(fault.Kind), Cause(state, fault, now), now)]);
    }

    private static JobDecision OnTick(JobState state, DateTimeOffset now)
    {
        if (Due(state) is not { } due || now < due)
            return JobDecision.Repeat(View(state));
        if (!state.Ended && Late(state, now))
            return TimeOut(state, now);
        if (!state.Ended && state.CancelAt <= now)
            return Cancel(state, now);
        if (state.Ended)
            return PayDue(state, now);
        return Accept(state, [new JobEvent.Asked()], state switch
        {
            { Status: JobStatus.Accepted } => new JobEffect.EnterGate(state.Fallback),
            { Status: JobStatus.Submitting, Attempt: { } attempt } => new JobEffect.Find(attempt),
            { Status: JobStatus.Waiting, Attempt: { } attempt } => new JobEffect.Poll(attempt),
            { Attempt: { } attempt } => new JobEffect.Store(attempt, state.Addresses),
            _ => throw new InvalidOperationException($"A tick is due in status {state.Status}."),
        });
    }

    private static JobDecision PayDue(JobState state, DateTimeOffset now)
    {
        var (settles, notifies) = (state.Settlement == Settlement.None && state.NextAt <= now, state.OwesNotice && state.NoticeAt <= now);
        return Accept(
            state,
            [
                .. settles ? (JobEvent[])[new JobEvent.Asked()] : [],
                .. notifies ? (JobEvent[])[new JobEvent.NoticeDeferred(Until: null)] : [],
            ],
            [.. settles ? (JobEffect[])[Settle(state)] : [], .. notifies ? (JobEffect[])[Notice(state)] : []]);
    }

    private static JobDecision Judge(JobState state, JobCommand.Judge judge, DateTimeOffset now)
    {
        if (state.Status == JobStatus.None)
        {
            return now - judge.ReservedAt < StartMax
                ? JobDecision.Repeat(new Verdict(Settlement.None))
                : JobDecision.Accept(
                    new Verdict(Settlement.Released), [new JobEvent.NeverStarted(judge.Id, now)]);
        }

        return JobDecision.Repeat(state switch
        {
            { Ended: false } => new Verdict(Settlement.None),
            // Its own reservation is resolved: one still open is a late repeat's, and must not be captured as well.
            { Settlement: not Settlement.None } => new Verdict(Settlement.Released),
            _ => new Verdict(Owed(state.Status), Price(state), Substitute(state)),
        });
    }

    private static JobDecision AccountAnswered(JobState state, JobCommand.AccountAnswered answered, DateTimeOffset now)
    {
        if (!state.Ended || state.Settlement != Settlement.None)
            return JobDecision.Repeat(View(state));
        return answered.Settlement == Settlement.None
            ? Defer(state, now + SettleRetry)
            : Accept(state, [new JobEvent.Settled(answered.Settlement)]);
    }

    private static JobDecision Noticed(JobState state, JobCommand.Noticed noticed, DateTimeOffset now)
    {
        if (!state.OwesNotice)
            return JobDecision.Repeat(View(state));
        return Accept(state, [noticed.Held ? new JobEvent.Noticed() : new JobEvent.NoticeDeferred(now + NoticeRetry)]);
    }

    private static JobDecision TimeOut(JobState state, DateTimeOffset now)
    {
        var late = new Error(ErrorCode.Timeout, "No picture came in time. Nothing was charged.");
        return End(state, [new JobEvent.Failed(late, Cause: null, now)]);
    }

    private static JobDecision End(JobState state, ReadOnlySpan<JobEvent> end) =>
        Accept(state, end, Farewell(Evolve(state, end[^1])));

    /// <summary>In the same write as the end of the call, so that it is counted once however often the call is looked at.</summary>
    private static JobEvent[] Charge(ProviderCost? cost) => cost is null ? [] : [new JobEvent.AttemptCharged(cost)];

    private static FailedAttempt Cause(JobState state, ProviderFault fault, DateTimeOffset now) =>
        new(state.Attempt!.Number, state.Attempt.Id, fault.Kind, fault.Code, now, state.Attempt.Sends, state.Attempt.Fallback);

    /// <summary>What has been put off is left to the tick, so that no crash brings it about twice at once.</summary>
    private static JobEffect[] Farewell(JobState ended) =>
    [
        new JobEffect.LeaveGate(ended.Fallback), .. ended.NextAt is null ? (JobEffect[])[Settle(ended)] : [],
        new JobEffect.DeleteInputs(), .. ended is { OwesNotice: true, NoticeAt: null } ? (JobEffect[])[Notice(ended)] : [],
    ];

    private static JobEffect.Notice Notice(JobState ended) => new(ended.Spec!.Webhook!);

    /// <summary>Of all routes so far: the write that left one may have held though leaving its gate never began.</summary>
    private static IEnumerable<JobEffect> LeaveGates(JobState state) =>
        Enumerable.Range(0, (state.Fallback ?? -1) + 1).Select(place => (int?)place).Prepend(null)
            .Select(fallback => new JobEffect.LeaveGate(fallback));

    private static JobDecision Defer(JobState state, DateTimeOffset until) =>
        Accept(state, [new JobEvent.Deferred(until)]);

    private static JobDecision Accept(JobState state, ReadOnlySpan<JobEvent> events, params ReadOnlySpan<JobEffect> effects)
    {
        var after = state;
        foreach (var @event in events)
            after = Evolve(after, @event);
        return JobDecision.Accept(View(after), events, effects);
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null || other < one ? other ?? one : one;

    private static bool Late(JobState state, DateTimeOffset now) => now >= state.Spec!.DeadlineAt;

    private static bool Current(JobState state, int attempt) =>
        state.Status is JobStatus.Submitting or JobStatus.Waiting or JobStatus.Storing && state.Attempt?.Number == attempt;

    private static JobEffect.Settle Settle(JobState ended) => new(Owed(ended.Status), Price(ended), Substitute(ended));

    /// <summary>Who is at work or has answered. Where nobody has in the end, it is the one that was asked for.</summary>
    private static string Model(JobState state) =>
        (state.Status is JobStatus.Failed or JobStatus.Canceled ? state.Spec?.Model : Route(state)?.Model) ?? "";

    private static Route? Route(JobState state) => state.Spec?.RouteAt(state.Fallback);

    /// <summary>The price of the model that answered, where less is owed than was reserved for the dearest.</summary>
    private static long? Price(JobState ended) =>
        ended is { Status: JobStatus.Succeeded, Spec: { } spec } && Route(ended)!.Credits < spec.Reserve
            ? Route(ended)!.Credits
            : null;

    /// <summary>Whoever answered in the place of the model that was asked for, and is paid for.</summary>
    private static string? Substitute(JobState ended) =>
        ended is { Status: JobStatus.Succeeded, Spec: { } spec } && Route(ended)!.Model != spec.Model ? Route(ended)!.Model : null;

    private static Settlement Owed(JobStatus ended) =>
        ended == JobStatus.Succeeded ? Settlement.Captured : Settlement.Released;
}
