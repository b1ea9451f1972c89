using TryOn.Api.Jobs;
using TryOn.Api.Progress;
using TryOn.Core.Jobs;
using TryOn.Core.Keys;

namespace TryOn.Api.Tests.Progress;

public sealed class ProgressCursorTests
{
    private static readonly JobStatus[] Life =
    [
        JobStatus.Accepted, JobStatus.Submitting, JobStatus.Accepted, JobStatus.Submitting, JobStatus.Waiting,
        JobStatus.Storing, JobStatus.Succeeded,
    ];

    private static readonly string[] Uncut =
    [
        "Snapshot 1 Accepted", "Status 2 Submitting", "Status 3 Accepted", "Status 4 Submitting", "Status 5 Waiting",
        "Status 6 Storing", "Result 7 Succeeded",
    ];

    [Fact]
    public void Cursor_CutAtEveryBoundary_GoesOnWithoutGapOrRepeat()
    {
        for (var seenAt = 1; seenAt <= Life.Length; seenAt++)
        {
            for (var cut = 1; cut <= Uncut.Length; cut++)
            {
                var before = Told(new ProgressCursor(after: 0), seenAt, Life.Length).Take(cut).ToList();
                var rest = Told(new ProgressCursor(cut), Math.Max(seenAt, cut), Life.Length);
                Assert.Equal(Uncut, before.Concat(rest));
            }
        }
    }

    [Fact]
    public void Cursor_OfALateReader_CoalescesAndNeverMissesTheEnd()
    {
        Assert.Equal(
            ["Snapshot 5 Waiting", "Status 6 Storing", "Result 7 Succeeded"], Told(new ProgressCursor(null), 5, 7));
        Assert.Equal(["Snapshot 6 Succeeded", "Result 7 Succeeded"], Told(new ProgressCursor(null), 7));
    }

    [Fact]
    public void Cursor_CutAfterTheSnapshotOfAnEndedJob_StillTellsTheEnd() =>
        Assert.Equal(["Result 7 Succeeded"], Told(new ProgressCursor(6), 7));

    [Fact]
    public void Cursor_PastTheEnd_HasNothingToTellAndStops()
    {
        var cursor = new ProgressCursor(after: 99);
        Assert.Empty(cursor.Advance(new JobSet([At(7)])));
        Assert.True(cursor.Ended);
    }

    [Fact]
    public void Cursor_OfARecordWithoutSteps_TellsItsEnd() =>
        Assert.Equal(
            ["Snapshot 0 Succeeded", "Result 9 Succeeded"],
            Told(new ProgressCursor(null), At(7) with { Steps = null, Version = 9 }));

    private static IEnumerable<string> Told(ProgressCursor cursor, params int[] versions) =>
        Told(cursor, [.. versions.Distinct().Select(At)]);

    private static IEnumerable<string> Told(ProgressCursor cursor, params JobView[] views) => views
        .SelectMany(view => cursor.Advance(new JobSet([view])).ToList())
            .Select(update => $"{update.Kind} {update.Seq} {update.Status}");

    /// <summary>The job after so many committed changes.</summary>
    private static JobView At(int version)
    {
        JobStep? steps = null;
        for (var step = 1; step <= version; step++)
            steps = JobStep.After(steps, step, Life[step - 1], ended: step == Life.Length);
        return new JobView(
            "job", "account", AccountMode.Test, "model", Life[version - 1], version, 1, default, null, null, [], null,
            "", false)
        {
            Steps = steps,
        };
    }
}
