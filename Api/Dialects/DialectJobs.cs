using TryOn.Api.Jobs;
using TryOn.Api.Keys;
using TryOn.Core.Errors;
using TryOn.Core.Jobs;

namespace TryOn.Api.Dialects;

/// <summary>A request's jobs for surfaces that know one job with several pictures: begun at once, polled by one id.</summary>
public sealed class DialectJobs(Intake intake, JobSets sets, JobRenderer renderer, PublicAddress address)
{
    /// <summary>The id to poll.</summary>
    public async Task<Result<JobView>> Begin(HttpContext context, Result<TryOnRequest> request, CancellationToken cancellation)
    {
        if (!request.Ok)
            return request.Error;
        var jobs = await intake.Accept(Caller.Of(context), request.Value, cancellation);
        return jobs.Map(begun => begun.First);
    }

    public async Task<Result<PolledJob>> Read(HttpContext context, string id)
    {
        var jobs = await sets.Read(Caller.Of(context), id);
        return jobs.Map(found => PolledJob.Of(renderer, found, address.Of(context.Request)));
    }
}

/// <param name="Addresses">Of its pictures; none before it has ended.</param>
public sealed record PolledJob(JobView Job, IReadOnlyList<string> Addresses)
{
    public static PolledJob Of(JobRenderer renderer, JobSet jobs, string origin) =>
        new(jobs.Whole, [.. renderer.Outputs(origin, jobs).Select(output => output.Url)]);
}
