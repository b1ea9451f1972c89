using System.Collections.Immutable;
using TryOn.Api.Keys;
using TryOn.Core;
using TryOn.Core.Errors;
using TryOn.Core.Jobs;

namespace TryOn.Api.Jobs;

/// <summary>Reads a request's jobs by the id of the first, which knows the others.</summary>
public sealed class JobSets(IDirectory directory)
{
    public async Task<Result<JobSet>> Read(Caller caller, string id)
    {
        var job = await TryOnEndpoints.Owned(directory, caller, id);
        return job.Ok ? await Of(job.Value) : job.Error;
    }

    /// <summary>All jobs that a job's id stands for, its own first. A further picture's stands for itself alone.</summary>
    public static ImmutableArray<string> Under(JobView job) =>
        job.Group is [var first, ..] && first == job.Id ? job.Group : [job.Id];

    public async Task<JobSet> Of(JobView job)
    {
        if (Under(job) is not [_, _, ..] ids)
            return new JobSet([job]);
        var others = ids.RemoveAt(0);
        var read = await Task.WhenAll(others.Select(async id => (await directory.Job(id).Read()).Value ?? NotYet(job, id)));
        return new JobSet([job, .. read]);
    }

    /// <summary>The set that a job belongs to, whichever picture it is for.</summary>
    public async Task<JobSet> Around(JobView job) =>
        job.Group is [var first, ..] && first != job.Id && await directory.Job(first).Read() is { Ok: true, Value: var leader }
            ? await Of(leader)
            : await Of(job);

    /// <summary>
    /// Its credits are reserved, so it begins any moment. Should its request have died, the account closes it for good
    /// within a minute, and then it reads as canceled.
    /// </summary>
    private static JobView NotYet(JobView first, string id) => first with
    {
        Id = id, Status = JobStatus.Accepted, Version = 0, StartedAt = null, EndedAt = null, Outputs = [], Error = null,
        Steps = null, CancelRequested = false,
    };
}
