using TryOn.Core.Jobs;

namespace TryOn.Api.Progress;

/// <summary>
/// What one watcher of an account has been told of each job, so that it is told each step once. Holds running jobs, and
/// ended ones until the statement has spoken of their end and news of them is surely through.
/// </summary>
public sealed class ToldJobs
{
    private readonly Dictionary<string, (long Seq, bool Ended)> _told = new(StringComparer.Ordinal);
    private List<string> _leaving = [];

    public int Count => _told.Count;

    /// <summary>True for a step that has not been told; from now on it has.</summary>
    public bool Take(JobView job)
    {
        var seq = ProgressSteps.NewestOf(job);
        if (_told.TryGetValue(job.Id, out var known) && known.Seq >= seq)
            return false;
        _told[job.Id] = (seq, job.Ended);
        return true;
    }

    public bool KnowsEnd(string jobId) => _told.TryGetValue(jobId, out var known) && known.Ended;

    /// <summary>Jobs of which the statement has nothing more to say. Those of the call before are forgotten.</summary>
    public void Settle(IEnumerable<string> jobIds)
    {
        foreach (var jobId in _leaving)
            _told.Remove(jobId);
        _leaving = [.. jobIds];
    }
}
