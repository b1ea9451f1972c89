using TryOn.Api.Errors;
using TryOn.Api.Files;
using TryOn.Api.Http;
using TryOn.Core.Images;
using TryOn.Core.Jobs;

namespace TryOn.Api.Jobs;

public sealed class JobRenderer(
    ResultLinks links, PublicBaseUrl address, ProgressEstimator estimator, QueuePositions queue)
{
    /// <summary>Renders the jobs of a request for several pictures as one.</summary>
    public JobObject Render(HttpRequest request, JobSet jobs) => Render(address.ForRequest(request), jobs);

    public JobObject Render(string origin, JobSet jobs)
    {
        var job = jobs.Combined;
        var path = $"/api/v1/tryon/{job.Id}";
        return new JobObject(
            job.Id, "tryon.job", StatusName(job.Status), job.Model, job.Mode.ToString().ToLowerInvariant(),
            job.CreatedAt.ToUnixTimeSeconds(), Outputs(origin, jobs),
            job.Error is { } error ? new JobError(ErrorStatus.Name(error.Code), error.Message) : null,
            job.Credits, estimator.Progress(job), estimator.Remaining(job), queue.PositionOf(job),
            job.CancelRequested, origin + path, SocketOrigin(origin) + path + "/ws", origin + path + "/events",
            origin + path + "/cancel", job.Id, $"/api/v1/tryon/status/{job.Id}");
    }

    /// <summary>
    /// The pictures of all jobs, each with an address that expires with it; empty until all jobs have ended.
    /// </summary>
    public IReadOnlyList<JobOutput> Outputs(string origin, JobSet jobs) =>
        jobs.Combined.Ended ? [.. jobs.Jobs.SelectMany(job => Outputs(origin, job))] : [];

    public IReadOnlyList<JobOutput> Outputs(string origin, JobView job) =>
    [
        .. job.Outputs.Select(output => new JobOutput(
            origin + links.PathOf(output.Picture, job.EndedAt!.Value), output.Width, output.Height,
            output.ContentType, CredentialsName(output.ContentCredentials))),
    ];

    private static string? CredentialsName(ContentCredentials? credentials) =>
        credentials?.ToString().ToLowerInvariant();

    public static string StatusName(JobStatus status) => status switch
    {
        JobStatus.Accepted => "pending",
        JobStatus.Submitting or JobStatus.Waiting or JobStatus.Storing => "processing",
        JobStatus.Succeeded => "succeeded",
        JobStatus.Failed => "failed",
        _ => "canceled",
    };

    public double Progress(JobView job) => estimator.Progress(job);

    public int? QueuePosition(JobView job) => queue.PositionOf(job);

    /// <summary>Replaces http by ws, and https by wss.</summary>
    private static string SocketOrigin(string origin) => "ws" + origin["http".Length..];
}
