using System.Collections.Immutable;
using TryOn.Api.Keys;
using TryOn.Core;
using TryOn.Core.Errors;
using TryOn.Core.Jobs;

namespace TryOn.Api.Jobs;

/// <summary>Reads a request's jobs by the id of the first, which lists the others.</summary>
public sealed class JobSets(IDirectory directory)
{
    public async Task<Result<JobSet>> Read(Caller caller, string id)
    {
        var job = await TryOnEndpoints.Owned(directory, caller, id);
        return job.Ok ? await Load(job.Value) : job.Error;
    }

    /// <summary>The ids of all jobs of a request if this is its first job, otherwise only the job's own id.</summary>
    public static ImmutableArray<string> IdsOf(JobView job) =>
        job.Group is [var first, ..] && first == job.Id ? job.Group : [job.Id];

    public async Task<JobSet> Load(JobView job)
    {
        if (IdsOf(job) is not [_, _, ..] ids)
            return new JobSet([job]);
        var others = ids.RemoveAt(0);
        var read = await Task.WhenAll(
            others.Select(async id => (await directory.Job(id).Read()).Value ?? NotStarted(job, id)));
        return new JobSet([job, .. read]);
    }

    /// <summary>The whole set that a job belongs to, whichever of its pictures the job is for.</summary>
    public async Task<JobSet> LoadGroupOf(JobView job) =>
        job.Group is [var first, ..] && first != job.Id
            && await directory.Job(first).Read() is { Ok: true, Value: var leader }
            ? await Load(leader)
            : await Load(job);

    /// <summary>
    /// A placeholder for a job that has not started. Its credits are reserved, so it starts any moment. If its request
    /// died, the account closes the job for good within a minute, and it then reads as canceled.
    /// </summary>
    private static JobView NotStarted(JobView first, string id) => first with
    {
        Id = id, Status = JobStatus.Accepted, Version = 0, StartedAt = null, EndedAt = null, Outputs = [], Error = null,
        Steps = null, CancelRequested = false,
    };
}
