using TryOn.Providers.Wire;

namespace TryOn.Providers.Kling;

/// <summary>
/// Answers many polls with one list: when several tasks are polled at about the same time, the next list serves them
/// all. A task that a list shows as ended has ended. A task that it shows as running may have ended since, so its poll
/// waits for a newer list; otherwise its picture would be noticed a whole poll interval later. A task that is not in
/// the list is polled on its own.
/// </summary>
public sealed class KlingTaskList(TimeProvider time)
{
    /// <summary>With fewer polls than this within <see cref="Interval"/>, a list saves nothing.</summary>
    private const int PollsMin = 3;

    /// <summary>Enough pages for more tasks than an account runs at once.</summary>
    private const int PagesMax = 4;

    /// <summary>Time between two lists, and the most that waiting for a list adds to a result's latency.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1.2);

    /// <summary>How long no list is requested after one has failed.</summary>
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly Queue<TimeSpan> _polls = new();

    /// <summary>Null while a list is being read.</summary>
    private Dictionary<string, KlingTask>? _newest;
    private TimeSpan? _newestAt;
    private TimeSpan _pausedUntil;
    private Task<Dictionary<string, KlingTask>>? _next;

    /// <summary>Ids of the tasks that the next list is read for.</summary>
    private HashSet<string> _wanted = [];

    /// <summary>
    /// Monotonic time: if the clock were set back, the newest list would seem recent and no other would be read.
    /// </summary>
    private TimeSpan Now => time.GetElapsedTime(0);

    /// <summary>Returns the task, or null when it has to be polled on its own.</summary>
    /// <param name="fetch">Fetches a page of the list for all waiting polls.</param>
    public async Task<KlingTask?> Find(string taskId, Func<int, Task<UpstreamAnswer>> fetch)
    {
        Task<Dictionary<string, KlingTask>> next;
        lock (_lock)
        {
            var now = Now;
            if (!Worthwhile(now))
                return null;
            var wait = _newestAt + Interval - now ?? TimeSpan.Zero;
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
        while (_polls.Peek() + Interval < now)
            _polls.Dequeue();
        return _polls.Count >= PollsMin && now >= _pausedUntil;
    }

    private async Task<Dictionary<string, KlingTask>> Read(TimeSpan wait, Func<int, Task<UpstreamAnswer>> fetch)
    {
        // Leaves the first caller's lock, even when there is nothing to wait for.
        await Task.Delay(wait, time).ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        HashSet<string> wanted;
        lock (_lock)
        {
            _newestAt = Now;
            _newest = null;
            // Later polls may ask for tasks that this list is too old to contain.
            _next = null;
            (wanted, _wanted) = (_wanted, []);
        }

        var tasks = await ReadPages(fetch, wanted);
        lock (_lock)
        {
            _newest = tasks ?? [];
            if (tasks is null)
                _pausedUntil = Now + PauseAfterFailure;
        }

        return tasks ?? [];
    }

    /// <summary>
    /// Reads the pages of a list, newest tasks first. The wanted tasks have usually just ended and follow right after
    /// the running ones, so one page past those is read as well. Null if no list is available.
    /// </summary>
    private static async Task<Dictionary<string, KlingTask>?> ReadPages(
        Func<int, Task<UpstreamAnswer>> fetch, HashSet<string> wanted)
    {
        var byId = new Dictionary<string, KlingTask>();
        var pagesPastRunning = 0;
        for (var page = 1; page <= PagesMax && pagesPastRunning < 2; page++)
        {
            var tasks = await fetch(page) is UpstreamAnswer.Answered { Succeeded: true } answered
                && KlingEnvelope.Read(answered.Body) is { Code: 0 } envelope ? KlingTask.ReadList(envelope) : null;
            if (tasks is null)
                return page == 1 ? null : byId;
            foreach (var task in tasks.OfType<KlingTask>().Where(task => task.TaskId is not null))
                byId[task.TaskId!] = task;
            if (tasks.Count < KlingTask.PageSize || wanted.All(byId.ContainsKey))
                break;
            pagesPastRunning += tasks[^1] is { Running: true } ? 0 : 1;
        }

        return byId;
    }
}
