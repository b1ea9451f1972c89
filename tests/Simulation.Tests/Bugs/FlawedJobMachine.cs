using System.Collections.Immutable;
using TryOn.Core.Jobs;
using TryOn.Core.Machines;
using TryOn.Core.Pictures;
using TryOn.Core.Providers;
using JobDecision = TryOn.Core.Machines.Decision<TryOn.Core.Jobs.JobEvent, TryOn.Core.Jobs.JobEffect>;

namespace TryOn.Simulation.Tests.Bugs;

/// <summary>The job's machine with the bug of this thread, which changes its input or its answer.</summary>
internal sealed class FlawedJobMachine : IMachine<JobState, JobCommand, JobEvent, JobEffect>
{
    public static JobState Initial => JobMachine.Initial;

    public static JobCommand Tick => JobMachine.Tick;

    public static JobDecision Decide(JobState state, JobCommand command, DateTimeOffset now) => After(
        state,
        Flaws.Current switch
        {
            Bug.VerdictSwapped or Bug.RunningJudgedReleased or Bug.OldJobJudgedReleased or Bug.SettledJudgedCaptured
                or Bug.GivenUpAtOnce or Bug.NeverGivenUp when command is JobCommand.GetSettlement judge =>
                FlawedSettlements.Decide(state, judge, now),
            Bug.SentAgainWithoutAskingTwice or Bug.SentAgainUnderNewId or Bug.SentAgainWhileInFlight
                or Bug.SentAgainWithoutEnd or Bug.UnknownTakenForRefused => FlawedSends.Decide(state, command, now),
            Bug.SucceededBeforeStored when command is JobCommand.Replied { Reply: ProviderReply.Ready } r =>
                JobMachine.Decide(state, new JobCommand.Stored(r.Attempt, Imagined(state)), now),
            Bug.FailedStoreTakenForStored when command is JobCommand.StoreFailed failed =>
                JobMachine.Decide(state, new JobCommand.Stored(failed.Attempt, Imagined(state)), now),
            Bug.SettledWithoutAnswer when command is JobCommand.AccountAnswered { Settlement: Settlement.None }
                && state.Ended =>
                JobMachine.Decide(state, new JobCommand.AccountAnswered(Owed(state)), now),
            Bug.TombstoneStarts when command is JobCommand.Start && state is { Ended: true, Spec: null } =>
                JobMachine.Decide(JobMachine.Initial with { Version = state.Version }, command, now),
            Bug.OldAttemptsAnswerTaken => JobMachine.Decide(state, Rewritten(state, command), now),
            Bug.DeadlineEndsEndedJob when command is JobCommand.AccountAnswered
                && state is { Ended: true, Spec: { } spec } && Late(state, now) =>
                JobMachine.Decide(
                    state with { Status = JobStatus.Waiting, NextAt = spec.DeadlineAt }, JobMachine.Tick, now),
            _ => JobMachine.Decide(state, command, now),
        });

    public static JobState Evolve(JobState state, JobEvent @event)
    {
        var after = JobMachine.Evolve(state, @event);
        return Flaws.Current == Bug.VersionStands && @event is JobEvent.Settled
            ? after with { Version = state.Version }
            : after;
    }

    public static ImmutableArray<JobEffect> Pending(JobState state) =>
        Flaws.Current == Bug.PendingLost ? [] : Changed(state, JobMachine.Pending(state));

    public static DateTimeOffset? Due(JobState state) => Flaws.Current == Bug.TicksLost ? null : JobMachine.Due(state);

    public static bool Unfinished(JobState state) =>
        Flaws.Current != Bug.NothingUnfinished && JobMachine.Unfinished(state);

    public static bool Durable(JobEvent @event) =>
        JobMachine.Durable(@event) && !(Flaws.Current == Bug.IntentNotCommitted && @event is JobEvent.AttemptStarted);

    private static bool Late(JobState state, DateTimeOffset now) => now - state.EndedAt >= TimeSpan.Zero;

    private static JobDecision After(JobState state, JobDecision decision)
    {
        if (decision is not JobDecision.Accepted accepted)
            return decision;
        var changed = accepted with { Effects = Changed(state, accepted.Effects) };
        if (Flaws.Current == Bug.CapturedBeforeStored && changed.Events.Any(e => e is JobEvent.PicturesReady))
            changed = changed with { Effects = changed.Effects.Add(new JobEffect.Settle(Settlement.Captured)) };
        if (Flaws.Current != Bug.EffectsBeforeCommit || state.Spec is null)
            return changed;
        foreach (var submit in changed.Effects.OfType<JobEffect.Submit>())
            EarlyEffects.Begin(state, submit);
        return changed with { Effects = [.. changed.Effects.Where(effect => effect is not JobEffect.Submit)] };
    }

    private static ImmutableArray<JobEffect> Changed(JobState state, ImmutableArray<JobEffect> effects) =>
        Flaws.Current switch
    {
        Bug.SettlementSwapped =>
            [.. effects.Select(
                effect => effect is JobEffect.Settle s ? new JobEffect.Settle(Swap(s.Settlement)) : effect)],
        Bug.SettlementForgotten => [.. effects.Where(effect => effect is not JobEffect.Settle)],
        Bug.WebhookForgotten => [.. effects.Where(effect => effect is not JobEffect.Notice)],
        Bug.PlaceNeverFreed => [.. effects.Where(effect => effect is not JobEffect.LeaveGate)],
        _ => effects,
    };

    private static JobCommand Rewritten(JobState state, JobCommand command) => (command, state.Attempt) switch
    {
        (JobCommand.Replied c, { } attempt) => c with { Attempt = attempt.Number },
        (JobCommand.Found c, { } attempt) => c with { Attempt = attempt.Number },
        (JobCommand.Stored c, { } attempt) => c with { Attempt = attempt.Number },
        _ => command,
    };

    private static Settlement Swap(Settlement settlement) =>
        settlement == Settlement.Captured ? Settlement.Released : Settlement.Captured;

    private static Settlement Owed(JobState state) =>
        state.Status == JobStatus.Succeeded ? Settlement.Captured : Settlement.Released;

    private static ImmutableArray<Output> Imagined(JobState state) =>
        [new Output(
            new PictureId(state.Id, $"out-{state.Attempt?.Number}-0.png"), "image/png", 1, 1, 67, new string('0', 64))];
}
