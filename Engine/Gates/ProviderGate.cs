namespace TryOn.Engine.Gates;

/// <summary>
/// Lets through as many jobs as one upstream account runs at once; the others wait in the order they came. A place is
/// held by job id from before the submit until the job leaves, so that holding and leaving twice are harmless.
/// </summary>
public sealed class ProviderGate(int placesMax)
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _holders = [];
    private readonly LinkedList<(string JobId, TaskCompletionSource<bool> Admitted)> _line = new();

    public int Held
    {
        get
        {
            lock (_lock)
                return _holders.Count;
        }
    }

    /// <summary>True once the job holds a place; false when it left the line first.</summary>
    public Task<bool> Enter(string jobId)
    {
        lock (_lock)
        {
            if (_holders.Contains(jobId))
                return Task.FromResult(true);
            var waiting = _line.FirstOrDefault(entry => entry.JobId == jobId);
            if (waiting.JobId is not null)
                return waiting.Admitted.Task;
            var admitted = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            _line.AddLast((jobId, admitted));
            AdmitNext();
            return admitted.Task;
        }
    }

    /// <summary>Counts a job that the upstream already has, over the limit if need be.</summary>
    public void Hold(string jobId)
    {
        lock (_lock)
            _holders.Add(jobId);
    }

    public void Leave(string jobId)
    {
        lock (_lock)
        {
            _holders.Remove(jobId);
            for (var node = _line.First; node is not null; node = node.Next)
            {
                if (node.Value.JobId != jobId)
                    continue;
                node.Value.Admitted.SetResult(false);
                _line.Remove(node);
                break;
            }

            AdmitNext();
        }
    }

    private void AdmitNext()
    {
        while (_holders.Count < placesMax && _line.First is { } first)
        {
            _line.RemoveFirst();
            _holders.Add(first.Value.JobId);
            first.Value.Admitted.SetResult(true);
        }
    }
}
