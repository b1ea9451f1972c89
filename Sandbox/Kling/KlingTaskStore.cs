using TryOn.Sandbox.Settings;

namespace TryOn.Sandbox.Kling;

/// <summary>The tasks of the sandbox's single Kling account.</summary>
public sealed class KlingTaskStore(SandboxOptions options)
{
    // A sandbox may run for months inside a gateway, so old tasks are removed, a tenth at a time.
    private const int TasksMax = 100_000;

    private readonly Lock _lock = new();
    private readonly List<KlingTask> _tasks = [];
    private readonly Dictionary<string, KlingTask> _byTaskId = [];
    private readonly Dictionary<string, KlingTask> _byExternalId = [];
    private readonly Dictionary<string, KlingTask> _byResult = [];
    private readonly List<KlingTask> _running = [];

    /// <summary>Returns null if the task was added. A rejected task's external id stays free.</summary>
    public KlingError? Add(KlingTask task)
    {
        lock (_lock)
        {
            if (task.ExternalTaskId is { } id && _byExternalId.ContainsKey(id))
                return KlingErrors.Value($"external_task_id {id} already exists");
            if (IsFull(task.CreatedAt))
                return KlingErrors.TooManyTasks;
            Keep(task);
            return null;
        }
    }

    /// <summary>Finds a task by either of its two ids, which share a path segment.</summary>
    public KlingTask? Find(string id)
    {
        lock (_lock)
            return _byTaskId.GetValueOrDefault(id) ?? _byExternalId.GetValueOrDefault(id);
    }

    public KlingTask? FindByResult(string name)
    {
        lock (_lock)
            return _byResult.GetValueOrDefault(name);
    }

    /// <summary>A page of tasks, newest first. The real order is not published.</summary>
    public List<KlingTask> Page(int number, int size)
    {
        lock (_lock)
            return [.. Enumerable.Reverse(_tasks).Skip((number - 1) * size).Take(size)];
    }

    private bool IsFull(DateTimeOffset now)
    {
        if (options.KlingConcurrency == 0)
            return false;
        _running.RemoveAll(task => !task.RunsAt(now));
        return _running.Count >= options.KlingConcurrency;
    }

    private void Keep(KlingTask task)
    {
        if (_tasks.Count == TasksMax)
            Forget(TasksMax / 10);
        _tasks.Add(task);
        _byTaskId.Add(task.TaskId, task);
        _byResult.Add(task.ResultName, task);
        if (task.ExternalTaskId is { } id)
            _byExternalId.Add(id, task);
        if (options.KlingConcurrency > 0)
            _running.Add(task);
    }

    private void Forget(int count)
    {
        foreach (var task in _tasks.Take(count))
        {
            _byTaskId.Remove(task.TaskId);
            _byResult.Remove(task.ResultName);
            if (task.ExternalTaskId is { } id)
                _byExternalId.Remove(id);
        }

        _tasks.RemoveRange(0, count);
    }
}
