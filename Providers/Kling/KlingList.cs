using TryOn.Providers.Wire;

namespace TryOn.Providers.Kling;

/// <summary>
/// One list for many polls: where several tasks are asked for at about the same time, the next list answers them all. A
/// task that was seen to have ended has ended, but one that ran may be done by now: who asks for it waits for a newer list,
/// or each would learn of its picture a whole poll later. A task that the list does not hold is asked for by itself.
/// </summary>
public sealed class KlingList(TimeProvider time)
{
    /// <summary>Below so many polls within <see cref="Age"/> a list saves nothing.</summary>
    private const int PollsMin = 3;

    /// <summary>More tasks than an account runs at once.</summary>
    private const int PagesMax = 4;

    /// <summary>From one list to the next; what waiting for one may add to a result's latency.</summary>
    private static readonly TimeSpan Age = TimeSpan.FromSeconds(1.2);

    /// <summary>How long an upstream that gave no list is not asked for one.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly Queue<TimeSpan> _polls = new();

    /// <summary>Null while it is on its way.</summary>
    private Dictionary<string, KlingTask>? _newest;
    private TimeSpan? _newestAt;
    private TimeSpan _restsUntil;
    private Task<Dictionary<string, KlingTask>>? _next;

    /// <summary>Whom the next list is for.</summary>
    private HashSet<string> _wanted = [];

    /// <summary>Time that only goes on: by a clock that is set back the newest list would stay young, and nobody get another.</summary>
    private TimeSpan Now => time.GetElapsedTime(0);

    /// <summary>Null when the task is to be asked for by itself.</summary>
    /// <param name="fetch">Asks for a page of the list, for everybody who waits for it.</param>
    public async Task<KlingTask?> Find(string taskId, Func<int, Task<UpstreamAnswer>> fetch)
    {
        Task<Dictionary<string, KlingTask>> next;
        lock (_lock)
        {
            var now = Now;
            if (!Worthwhile(now))
                return null;
            var wait = _newestAt + Age - now ?? TimeSpan.Zero;
            if (wait > TimeSpan.Zero && _newest?.GetValueOrDefault(taskId) is { Running: false } ended)
                return ended;
            _wanted.Add(taskId);
            next = _next ??= Read(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, fetch);
        }

        return (await next).GetValueOrDefault(taskId);
    }

    private bool Worthwhile(TimeSpan now)
    {
        _polls.Enqueue(now);
        while (_polls.Peek() + Age < now)
            _polls.Dequeue();
        return _polls.Count >= PollsMin && now >= _restsUntil;
    }

    private async Task<Dictionary<string, KlingTask>> Read(TimeSpan wait, Func<int, Task<UpstreamAnswer>> fetch)
    {
        // Off the lock of whoever happened to be first, even where there is nothing to wait for.
        await Task.Delay(wait, time).ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        HashSet<string> wanted;
        lock (_lock)
        {
            _newestAt = Now;
            _newest = null;
            // Whoever asks from here on may ask for what this list is too old to hold.
            _next = null;
            (wanted, _wanted) = (_wanted, []);
        }

        var tasks = await ReadPages(fetch, wanted);
        lock (_lock)
        {
            _newest = tasks ?? [];
            if (tasks is null)
                _restsUntil = Now + Rest;
        }

        return tasks ?? [];
    }

    /// <summary>
    /// The newest come first, and what is asked for has mostly just ended: it stands right behind those that run, so one page
    /// more than they fill is worth reading. Null where there is no list to be had.
    /// </summary>
    private static async Task<Dictionary<string, KlingTask>?> ReadPages(
        Func<int, Task<UpstreamAnswer>> fetch, HashSet<string> wanted)
    {
        var byId = new Dictionary<string, KlingTask>();
        var behind = 0;
        for (var page = 1; page <= PagesMax && behind < 2; page++)
        {
            var tasks = await fetch(page) is UpstreamAnswer.Answered { Succeeded: true } answered
                && KlingEnvelope.Read(answered.Body) is { Code: 0 } envelope ? KlingTask.ReadList(envelope) : null;
            if (tasks is null)
                return page == 1 ? null : byId;
            foreach (var task in tasks.OfType<KlingTask>().Where(task => task.TaskId is not null))
                byId[task.TaskId!] = task;
            if (tasks.Count < KlingTask.PageSize || wanted.All(byId.ContainsKey))
                break;
            behind += tasks[^1] is { Running: true } ? 0 : 1;
        }

        return byId;
    }
}
