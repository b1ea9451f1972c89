using TryOn.Core.Jobs;
using TryOn.Core.Providers;
using JobDecision = TryOn.Core.Machines.Decision<TryOn.Core.Jobs.JobEvent, TryOn.Core.Jobs.JobEffect>;

namespace TryOn.Simulation.Tests.Bugs;

/// <summary>Wrong reactions to a lost answer of a submit. Each may buy a picture twice.</summary>
internal static class FlawedSends
{
    public static JobDecision Decide(JobState state, JobCommand command, DateTimeOffset now) =>
        (Flaws.Current, command) switch
    {
        (Bug.SentAgainWithoutAskingTwice,
            JobCommand.Found { Reply: ProviderReply.Absent }) when state.Attempt is { } attempt =>
            JobMachine.Decide(state with { Attempt = attempt with { Absences = 1 } }, command, now),
        (Bug.SentAgainUnderNewId,
            JobCommand.Replied { Reply: ProviderReply.Faulted { Fault.Kind: FaultKind.OutcomeUnknown } } lost)
            when state.Status == JobStatus.Submitting =>
            JobMachine.Decide(state, new JobCommand.Found(lost.Attempt, new ProviderReply.CannotTell()), now),
        (Bug.UnknownTakenForRefused,
            JobCommand.Replied { Reply: ProviderReply.Faulted { Fault.Kind: FaultKind.OutcomeUnknown } } lost)
            when state.Status == JobStatus.Submitting =>
            JobMachine.Decide(state, lost with { Reply = ProviderReply.FaultOf(FaultKind.Outage, "unknown") }, now),
        (Bug.SentAgainWithoutEnd, JobCommand.Found { Reply: ProviderReply.CannotTell }) => JobMachine.Decide(
            state with { FailedAttempts = state.FailedAttempts.RemoveAll(
                failed => failed.Kind == FaultKind.OutcomeUnknown) },
            command, now),
        (Bug.SentAgainWhileInFlight, JobCommand.Tick) when state is { Status: JobStatus.Submitting,
            Attempt: { Unclear: true } attempt } =>
            JobMachine.Decide(
                state with { Attempt = attempt with { Absences = 1 } },
                new JobCommand.Found(attempt.Number, new ProviderReply.Absent()), now),
        _ => JobMachine.Decide(state, command, now),
    };
}
