using System.Text.Json.Serialization;
using TryOn.Api.Jobs;
using TryOn.Core.Jobs;

namespace TryOn.Api.Progress;

/// <summary>One message of an account's feed.</summary>
/// <param name="Type">snapshot | job.</param>
/// <param name="Gap">Of a snapshot: true when more has happened since the client's last id than the snapshot
/// shows.</param>
/// <param name="Jobs">Of a snapshot: the current state of the account's recent jobs, newest first.</param>
/// <param name="Job">Of a job message: the job whose status has changed.</param>
public sealed record FeedMessage(
    string Type,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Gap = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<FeedJob>? Jobs = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] FeedJob? Job = null);

/// <param name="Status">pending | processing | succeeded | failed | canceled.</param>
/// <param name="Seq">The job's step, numbered as in the job's own stream. A message with a lower number than one
/// already seen is outdated.</param>
/// <param name="CreatedAt">Unix seconds.</param>
public sealed record FeedJob(string Id, string Status, long Seq, string Model, long CreatedAt)
{
    public static FeedJob FromJob(JobView job) => new(
        job.Id, JobRenderer.StatusName(job.Status), ProgressSteps.NewestOf(job), job.Model,
        job.CreatedAt.ToUnixTimeSeconds());
}
