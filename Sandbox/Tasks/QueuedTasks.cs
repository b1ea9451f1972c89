namespace TryOn.Sandbox.Tasks;

/// <summary>The tasks of one upstream's single account. The oldest are removed beyond a limit.</summary>
public sealed class QueuedTasks
{
    private const int TasksMax = 20_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, QueuedTask> _byId = [];
    private readonly Dictionary<string, QueuedTask> _byResult = [];
    private readonly Queue<QueuedTask> _oldest = new();

    public void Add(QueuedTask task)
    {
        lock (_lock)
        {
            if (_oldest.Count == TasksMax && _oldest.TryDequeue(out var old))
            {
                _byId.Remove(old.Id);
                _byResult.Remove(old.ResultName);
            }

            _oldest.Enqueue(task);
            _byId.Add(task.Id, task);
            _byResult.Add(task.ResultName, task);
        }
    }

    public QueuedTask? Find(string id)
    {
        lock (_lock)
            return _byId.GetValueOrDefault(id);
    }

    public QueuedTask? FindByResult(string name)
    {
        lock (_lock)
            return _byResult.GetValueOrDefault(name);
    }

    /// <summary>Tasks of a model that were created in a period, newest first.</summary>
    public List<QueuedTask> Between(string model, DateTimeOffset from, DateTimeOffset to)
    {
        lock (_lock)
            return [.. _oldest.Reverse()
                .Where(task => task.Model == model && task.CreatedAt >= from && task.CreatedAt <= to)];
    }
}
