using TryOn.Core.Accounts;
using TryOn.Core.Jobs;

namespace TryOn.Simulation.Tests.Time;

/// <summary>
/// The events of a world in order. The newest lines are kept for the message of a failure; all of them go into the hash
/// by which two runs of one seed are compared.
/// </summary>
internal sealed class Trace(TextWriter? writer)
{
    private const int LinesMax = 40;
    private const ulong Prime = 1099511628211;

    private readonly Line[] _lines = new Line[LinesMax];
    private long _count;

    public ulong Hash { get; private set; } = 14695981039346656037;

    public void Note(TimeSpan at, string what, string who, long number = 0, object? detail = null)
    {
        var line = new Line(at, what, who, number, detail);
        _lines[_count++ % LinesMax] = line;
        Mix((ulong)at.Ticks);
        Mix((ulong)number);
        Mix(what);
        Mix(who);
        writer?.WriteLine(line);
    }

    public override string ToString() => string.Join(
        '\n', Enumerable.Range(0, (int)Math.Min(_count, LinesMax))
            .Select(index => _lines[(_count - Math.Min(_count, LinesMax) + index) % LinesMax]));

    private void Mix(ulong value) => Hash = (Hash ^ value) * Prime;

    private void Mix(string text)
    {
        foreach (var letter in text)
            Hash = (Hash ^ letter) * Prime;
    }

    private readonly record struct Line(TimeSpan At, string What, string Who, long Number, object? Detail)
    {
        public override string ToString() => $"{At:hh\\:mm\\:ss\\.fff} {What} {Who} {Number} {Brief(Detail)}";

        private static object? Brief(object? detail) => detail switch
        {
            JobState job =>
                $"{job.Status} attempt {job.Attempt?.Number} {(job.Attempt?.Unclear == true ? "unclear " : "")}"
                + $"{job.FailedAttempts.Count} failed, {job.Settlement}",
            AccountState account =>
                $"{account.Available} free, {account.Reserved} reserved, {account.Captured} captured, "
                + $"at {account.Sequence}, open: {string.Join(' ', account.Reservations.Keys)}",
            _ => detail,
        };
    }
}
