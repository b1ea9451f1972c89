using TryOn.Api.Jobs;
using TryOn.Api.Progress;
using TryOn.Core.Jobs;
using TryOn.Core.Keys;

namespace TryOn.Api.Tests.Progress;

/// <summary>The steps of a request for several pictures, in every order in which its jobs may change.</summary>
public sealed class ProgressStepsTests
{
    private static readonly JobStatus[][] Lives =
    [
        [JobStatus.Accepted, JobStatus.Submitting, JobStatus.Accepted, JobStatus.Submitting, JobStatus.Succeeded],
        [JobStatus.Accepted, JobStatus.Submitting, JobStatus.Failed],
        [JobStatus.Accepted, JobStatus.Canceled],
    ];

    [Fact]
    public void Steps_InEveryOrderOfTheJobs_OnlyGrow()
    {
        string[] whole = ["1 Accepted", "2 Waiting", "10 Succeeded"];
        Assert.Equal(whole, Steps([5, 3, 2]));
        foreach (var order in Orders([1, 1, 1]))
        {
            var told = 1;
            foreach (var at in order)
            {
                var steps = Steps(at);
                Assert.InRange(steps.Count, told, whole.Length);
                Assert.Equal(whole.Take(steps.Count), steps);
                Assert.Equal(at is [5, 3, 2], steps.Count == whole.Length);
                told = steps.Count;
            }
        }
    }

    [Fact]
    public void Steps_OfAJobThatWaitsAgain_KeepThatItHadMoved() =>
        Assert.Equal(["1 Accepted", "2 Waiting"], Steps([3, 1, 1]));

    [Fact]
    public void Cursor_WithANumberOfTheFirstJobsOwn_TellsTheEnd()
    {
        var firstIsOver = ProgressSteps.NewestOf(At(0, 5));
        Assert.Equal(
            ["Result"], new ProgressCursor(firstIsOver).Advance(Set([5, 3, 2])).Select(update => $"{update.Kind}"));
    }

    [Fact]
    public void Set_WithOldNewsOrAnUnreadableJob_TakesNothingBack()
    {
        var known = Set([5, 3, 2]);
        var unread = new JobSet([known.First, At(1, 1) with { Version = 0 }, At(2, 1)]);
        foreach (var set in (
            JobSet[])[known.With(Set([4, 2, 1])), known.With(unread), unread.With(known), Set([1, 1, 1]).With(known)])
            Assert.Equal([5, 3, 2], set.Jobs.Select(job => job.Version));
    }

    /// <summary>All sequences of changes to the end of all jobs, one change of one job at a time.</summary>
    private static IEnumerable<int[][]> Orders(int[] from)
    {
        var moves = Enumerable.Range(0, from.Length).Where(job => from[job] < Lives[job].Length).ToList();
        return moves.Count == 0
            ? [[from]]
            : moves.SelectMany(job => Orders([.. from.Select((at, place) => place == job ? at + 1 : at)]))
                .Select(rest => (int[][])[from, .. rest]);
    }

    private static List<string> Steps(int[] at) =>
        [.. ProgressSteps.FromJobs(Set(at)).Select(step => $"{step.Version} {step.Status}")];

    private static JobSet Set(int[] at) => new([.. at.Select((versions, job) => At(job, versions))]);

    private static JobView At(int job, int version)
    {
        var life = Lives[job];
        JobStep? steps = null;
        for (var step = 1; step <= version; step++)
            steps = JobStep.After(steps, step, life[step - 1], ended: step == life.Length);
        return new JobView(
            $"job {job}", "account", AccountMode.Test, "model", life[version - 1], version, 1, default, null, null, [],
            null, "", false)
        {
            Steps = steps,
        };
    }
}
