using TryOn.Api.Errors;
using TryOn.Api.Files;
using TryOn.Core.Jobs;
using TryOn.Core.Models;

namespace TryOn.Api.Jobs;

public sealed class JobRenderer(ResultLinks links, PublicAddress address, TimeProvider clock)
{
    /// <summary>A guess never says that it is done.</summary>
    public const double ProgressMax = 0.95;

    public JobObject Render(HttpRequest request, JobView job)
    {
        var origin = address.Of(request);
        var path = $"/api/v1/tryon/{job.Id}";
        return new JobObject(
            job.Id, "tryon.job", Word(job.Status), job.Model, job.Mode.ToString().ToLowerInvariant(),
            job.CreatedAt.ToUnixTimeSeconds(), Outputs(origin, job),
            job.Error is { } error ? new JobError(ErrorStatus.Name(error.Code), error.Message) : null,
            job.Credits, Progress(job), origin + path, job.Id, path);
    }

    public IReadOnlyList<JobOutput> Outputs(string origin, JobView job) =>
    [
        .. job.Outputs.Select(output => new JobOutput(
            origin + links.PathOf(output.Picture, job.EndedAt!.Value), output.Width, output.Height, output.ContentType)),
    ];

    public static string Word(JobStatus status) => status switch
    {
        JobStatus.Accepted => "pending",
        JobStatus.Submitting or JobStatus.Waiting or JobStatus.Storing => "processing",
        JobStatus.Succeeded => "succeeded",
        JobStatus.Failed => "failed",
        _ => "canceled",
    };

    public double Progress(JobView job)
    {
        if (job.Ended)
            return 1;
        if (job.StartedAt is not { } started || Catalog.Find(job.Model) is not { } model)
            return 0;
        var share = (clock.GetUtcNow() - started) / model.LatencyExpected;
        return Math.Round(Math.Clamp(share, 0, ProgressMax), 2);
    }
}
