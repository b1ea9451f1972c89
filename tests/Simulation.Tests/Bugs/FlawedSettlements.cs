using TryOn.Core.Jobs;
using JobDecision = TryOn.Core.Machines.Decision<TryOn.Core.Jobs.JobEvent, TryOn.Core.Jobs.JobEffect>;

namespace TryOn.Simulation.Tests.Bugs;

/// <summary>Wrong answers to an account that asks for a job's settlement.</summary>
internal static class FlawedSettlements
{
    private static readonly TimeSpan Old = TimeSpan.FromSeconds(45);

    public static JobDecision Decide(JobState state, JobCommand.GetSettlement judge, DateTimeOffset now) =>
        Flaws.Current switch
    {
        Bug.GivenUpAtOnce => JobMachine.Decide(state, judge with { ReservedAt = now - JobMachine.StartMax }, now),
        Bug.NeverGivenUp when state.Status == JobStatus.None => Say(Settlement.None),
        Bug.RunningJudgedReleased when state is { Status: not JobStatus.None, Ended: false } =>
            Say(Settlement.Released),
        Bug.OldJobJudgedReleased when state is { Status: not JobStatus.None, Ended: false }
            && now - judge.ReservedAt > Old =>
            Say(Settlement.Released),
        Bug.SettledJudgedCaptured when state.Settlement == Settlement.Captured => Say(Settlement.Captured),
        Bug.VerdictSwapped when state is { Ended: true, Spec: not null, Settlement: Settlement.None } =>
            Say(state.Status == JobStatus.Succeeded ? Settlement.Released : Settlement.Captured),
        _ => JobMachine.Decide(state, judge, now),
    };

    private static JobDecision Say(Settlement settlement) => JobDecision.Repeat(new SettlementDue(settlement));
}
