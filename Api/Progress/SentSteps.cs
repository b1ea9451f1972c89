using TryOn.Core.Jobs;

namespace TryOn.Api.Progress;

/// <summary>
/// Tracks which step of each job one watcher of an account has been sent, so that each step is sent once. Holds running
/// jobs, and ended ones until the statement has reported their end and late updates can no longer arrive.
/// </summary>
public sealed class SentSteps
{
    private readonly Dictionary<string, (long Seq, bool Ended)> _sent = new(StringComparer.Ordinal);
    private List<string> _settled = [];

    public int Count => _sent.Count;

    /// <summary>Returns true for a step that has not been sent, and records it as sent.</summary>
    public bool Take(JobView job)
    {
        var seq = ProgressSteps.NewestOf(job);
        if (_sent.TryGetValue(job.Id, out var known) && known.Seq >= seq)
            return false;
        _sent[job.Id] = (seq, job.Ended);
        return true;
    }

    public bool HasSentEnd(string jobId) => _sent.TryGetValue(jobId, out var known) && known.Ended;

    /// <summary>Marks jobs whose end the statement has reported. Those of the previous call are removed.</summary>
    public void Settle(IEnumerable<string> jobIds)
    {
        foreach (var jobId in _settled)
            _sent.Remove(jobId);
        _settled = [.. jobIds];
    }
}
