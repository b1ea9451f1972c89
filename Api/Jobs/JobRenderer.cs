using TryOn.Api.Errors;
using TryOn.Api.Files;
using TryOn.Core.Jobs;

namespace TryOn.Api.Jobs;

public sealed class JobRenderer(
    ResultLinks links, PublicAddress address, Expectations expectations, QueuePositions queue)
{
    /// <summary>A request for several pictures is one job to whoever asks.</summary>
    public JobObject Render(HttpRequest request, JobSet jobs) => Render(address.Of(request), jobs);

    public JobObject Render(string origin, JobSet jobs)
    {
        var job = jobs.Whole;
        var path = $"/api/v1/tryon/{job.Id}";
        return new JobObject(
            job.Id, "tryon.job", Word(job.Status), job.Model, job.Mode.ToString().ToLowerInvariant(),
            job.CreatedAt.ToUnixTimeSeconds(), Outputs(origin, jobs),
            job.Error is { } error ? new JobError(ErrorStatus.Name(error.Code), error.Message) : null,
            job.Credits, expectations.Progress(job), expectations.Remaining(job), queue.Of(job), job.CancelRequested,
            origin + path, Socket(origin) + path + "/ws", origin + path + "/events", origin + path + "/cancel", job.Id,
            $"/api/v1/tryon/status/{job.Id}");
    }

    /// <summary>Each with the address that ends when this very picture does; none before all jobs have ended.</summary>
    public IReadOnlyList<JobOutput> Outputs(string origin, JobSet jobs) =>
        jobs.Whole.Ended ? [.. jobs.Jobs.SelectMany(job => Outputs(origin, job))] : [];

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

    public double Progress(JobView job) => expectations.Progress(job);

    public int? QueuePosition(JobView job) => queue.Of(job);

    /// <summary>http becomes ws, and https wss.</summary>
    private static string Socket(string origin) => "ws" + origin["http".Length..];
}
