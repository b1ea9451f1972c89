using System.Text.Json.Serialization;
using TryOn.Api.Jobs;
using TryOn.Core.Jobs;

namespace TryOn.Api.Progress;

/// <summary>One message of an account's feed.</summary>
/// <param name="Type">snapshot | job.</param>
/// <param name="Gap">Of a snapshot: true when more has happened since the client's last id than the snapshot shows.</param>
/// <param name="Jobs">Of a snapshot: the account's recent jobs as they stand, newest first.</param>
/// <param name="Job">Of a job: one that has changed its status.</param>
public sealed record FeedMessage(
    string Type,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Gap = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<FeedJob>? Jobs = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] FeedJob? Job = null);

/// <param name="Status">pending | processing | succeeded | failed | canceled.</param>
/// <param name="Seq">The job's step, the same as in the stream of a job that is alone: what has a lower one than was seen is old news.</param>
/// <param name="CreatedAt">Unix seconds.</param>
public sealed record FeedJob(string Id, string Status, long Seq, string Model, long CreatedAt)
{
    public static FeedJob Of(JobView job) => new(
        job.Id, JobRenderer.Word(job.Status), ProgressSteps.NewestOf(job), job.Model, job.CreatedAt.ToUnixTimeSeconds());
}
