using TryOn.Simulation.Tests.Hosts;

namespace TryOn.Simulation.Tests.Time;

/// <summary>
/// Virtual time. Everything in a world runs here on one thread, in the order of time and then of scheduling. Actions of
/// a dead host are dropped, and those of a paused host run when it resumes.
/// </summary>
internal sealed class Timeline
{
    public static readonly DateTimeOffset Epoch = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly PriorityQueue<Happening, (long Ticks, long Sequence)> _later = new();
    private readonly Queue<Happening> _now = new();
    private long _sequence;

    public TimeSpan Now { get; private set; }

    public long Steps { get; private set; }

    /// <summary>
    /// Schedules an action of a host; with no owner, of the network, the disk or an upstream, which never die.
    /// </summary>
    public void After(TimeSpan delay, Host? owner, Action action) =>
        _later.Enqueue(new Happening(owner, action, null), ((Now + delay).Ticks, _sequence++));

    public void Soon(Host? owner, SendOrPostCallback callback, object? state) =>
        _now.Enqueue(new Happening(owner, callback, state));

    /// <summary>
    /// Runs the next action. False when none is left before this time, to which the clock is then set.
    /// </summary>
    public bool Step(TimeSpan until)
    {
        if (!_now.TryDequeue(out var next))
        {
            if (!_later.TryPeek(out next, out var moment) || moment.Ticks > until.Ticks)
            {
                Now = until;
                return false;
            }

            _later.Dequeue();
            Now = TimeSpan.FromTicks(Math.Max(moment.Ticks, Now.Ticks));
        }

        Happen(next);
        return true;
    }

    private void Happen(Happening next)
    {
        if (next.Owner is { Alive: false })
            return;
        if (next.Owner is { } owner && owner.PausedUntil > Now)
        {
            _later.Enqueue(next, (owner.PausedUntil.Ticks, _sequence++));
            return;
        }

        Steps++;
        SynchronizationContext.SetSynchronizationContext(next.Owner);
        if (next.Call is SendOrPostCallback callback)
            callback(next.State);
        else
            ((Action)next.Call)();
    }

    private readonly record struct Happening(Host? Owner, Delegate Call, object? State);
}
