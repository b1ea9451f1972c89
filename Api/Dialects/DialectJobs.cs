using TryOn.Api.Http;
using TryOn.Api.Jobs;
using TryOn.Api.Keys;
using TryOn.Core.Errors;
using TryOn.Core.Jobs;

namespace TryOn.Api.Dialects;

/// <summary>
/// Starts and reads the jobs of a request for surfaces that know one job with several pictures, polled by one id.
/// </summary>
public sealed class DialectJobs(Intake intake, JobSets sets, JobRenderer renderer, PublicBaseUrl address)
{
    /// <summary>Returns the job whose id the client polls.</summary>
    public async Task<Result<JobView>> Begin(
        HttpContext context, Result<TryOnRequest> request, CancellationToken cancellation)
    {
        if (!request.Ok)
            return request.Error;
        var jobs = await intake.Accept(Caller.FromContext(context), request.Value, cancellation);
        return jobs.Map(begun => begun.First);
    }

    public async Task<Result<PolledJob>> Read(HttpContext context, string id)
    {
        var jobs = await sets.Read(Caller.FromContext(context), id);
        return jobs.Map(found => PolledJob.FromJobs(renderer, found, address.ForRequest(context.Request)));
    }
}

/// <param name="Addresses">Addresses of the job's pictures; empty until the job has ended.</param>
public sealed record PolledJob(JobView Job, IReadOnlyList<string> Addresses)
{
    public static PolledJob FromJobs(JobRenderer renderer, JobSet jobs, string origin) =>
        new(jobs.Combined, [.. renderer.Outputs(origin, jobs).Select(output => output.Url)]);
}
