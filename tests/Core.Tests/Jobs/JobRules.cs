using TryOn.Core.Jobs;
using TryOn.Core.Machines;
using static TryOn.Core.Tests.Jobs.JobFixture;

namespace TryOn.Core.Tests.Jobs;

/// <summary>The invariants of a job.</summary>
internal sealed class JobRules
{
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(10);

    private readonly Dictionary<long, JobView> _views = [];

    public void Step(
        JobState before, JobCommand command, JobState after, Decision<JobEvent, JobEffect>.Accepted decided,
        DateTimeOffset now)
    {
        if (before.Ended)
        {
            Assert.Equal((before.Status, before.Outputs, before.Error), (after.Status, after.Outputs, after.Error));
            Assert.True(before.Settlement == default || before.Settlement == after.Settlement, "Settled twice.");
        }
        else if (after.Status == JobStatus.Succeeded)
        {
            var stored = Assert.IsType<JobCommand.Stored>(command);
            Assert.Equal(before.Attempt?.Number, stored.Attempt);
            Assert.NotEmpty(after.Outputs);
        }

        if (command is JobCommand.Cancel && before.Status == JobStatus.Accepted)
            Assert.Equal(JobStatus.Canceled, after.Status);
        if (before.CancelRequestedAt is not null)
            Assert.Empty(decided.Effects.OfType<JobEffect.Submit>());
        var submits = Submits.FromState(after);
        Assert.True(
            submits.Count <= submits.Allowed, $"{submits.Count} paid calls, {submits.Allowed} allowed: {after}");
        if (command is JobCommand.Tick && JobMachine.Due(before) <= now)
            Assert.False(JobMachine.Due(after) <= now, "A tick at its time did not move the job on.");
        if (command is JobCommand.Tick && before is { Status: JobStatus.Submitting, Attempt.Unclear: false })
            Assert.Empty(decided.Events);
        foreach (var submit in decided.Effects.OfType<JobEffect.Submit>())
        {
            Assert.Contains(decided.Events, JobMachine.Durable);
            Assert.True(now < Spec.DeadlineAt, "A paid call after the deadline.");
            Assert.Equal(after.Attempt, submit.Attempt);
        }
    }

    /// <summary>
    /// A version that was shown must always name the same view, since watchers skip what is not newer.
    /// </summary>
    public void Reply(object reply)
    {
        if (reply is JobView view && !_views.TryAdd(view.Version, view))
            Assert.Equal(_views[view.Version], view);
    }

    public void UnderWay(JobState state, List<JobEffect> underWay, JobState committed)
    {
        var calls = underWay.Count(effect =>
            effect is JobEffect.Submit or JobEffect.Find or JobEffect.Poll or JobEffect.Store);
        Assert.True(state.Ended || calls <= 1, $"Several at once: {string.Join(", ", underWay)}");
        Assert.True(
            underWay.Count > 0 || JobMachine.Due(state) is not null || !JobMachine.Unfinished(state),
            $"Stuck: {state}");
        Assert.True(
            !JobMachine.Unfinished(committed) || JobMachine.Due(committed) is not null
                || JobMachine.Pending(committed).Any(effect => effect is not JobEffect.HoldGate),
            $"Nobody would take it up again: {committed}");
    }

    public void AtTheEnd(JobState state, ReservedAccount account, bool gateHeld, DateTimeOffset benignFrom)
    {
        var latest = benignFrom > Spec.DeadlineAt ? benignFrom : Spec.DeadlineAt;
        Assert.True(state.EndedAt <= latest + Slack, $"Ended only at {state.EndedAt}.");
        Assert.False(account.Open, "The reservation is still open.");
        Assert.Equal(
            state.Status == JobStatus.Succeeded ? state.Spec!.RouteAt(state.Fallback).Credits : 0, account.Captured);
        Assert.False(gateHeld, "The gate still counts it.");
    }
}
