using TryOn.Providers.Wire;

namespace TryOn.Providers.Kling;

/// <summary>
/// One list for many polls: where several tasks are asked for at about the same time, the newest list answers them all.
/// A task that it does not hold is asked for by itself.
/// </summary>
public sealed class KlingList(TimeProvider time)
{
    /// <summary>Below so many polls within <see cref="Age"/> a list saves nothing.</summary>
    private const int PollsMin = 3;

    /// <summary>How old a list may be and still answer; what it adds to a result's latency.</summary>
    private static readonly TimeSpan Age = TimeSpan.FromSeconds(1.5);

    private readonly Lock _lock = new();
    private readonly Queue<DateTimeOffset> _polls = new();
    private Task<Dictionary<string, KlingTask>>? _list;
    private DateTimeOffset _listAt;

    /// <summary>Null when the task is to be asked for by itself.</summary>
    /// <param name="fetch">Asks for the first page of the list, for everybody who waits for it.</param>
    public async Task<KlingTask?> Find(string taskId, Func<Task<UpstreamAnswer>> fetch)
    {
        Task<Dictionary<string, KlingTask>> list;
        lock (_lock)
        {
            var now = time.GetUtcNow();
            _polls.Enqueue(now);
            while (_polls.Peek() + Age < now)
                _polls.Dequeue();
            if (_polls.Count < PollsMin)
                return null;
            if (_list is null || now - _listAt > Age)
                (_list, _listAt) = (Read(fetch), now);
            list = _list;
        }

        return (await list).GetValueOrDefault(taskId);
    }

    /// <summary>Empty where the list could not be had: each poll then asks for itself, and hears why.</summary>
    private static async Task<Dictionary<string, KlingTask>> Read(Func<Task<UpstreamAnswer>> fetch)
    {
        var tasks = await fetch() is UpstreamAnswer.Answered { Succeeded: true } answered
            && KlingEnvelope.Read(answered.Body) is { Code: 0 } envelope ? KlingTask.ReadList(envelope) : null;
        var byId = new Dictionary<string, KlingTask>();
        foreach (var task in (tasks ?? []).OfType<KlingTask>().Where(task => task.TaskId is not null))
            byId[task.TaskId!] = task;
        return byId;
    }
}
