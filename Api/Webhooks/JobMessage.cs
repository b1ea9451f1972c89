using System.Text.Encodings.Web;
using System.Text.Json;
using TryOn.Api.Jobs;
using TryOn.Core.Jobs;

namespace TryOn.Api.Webhooks;

/// <summary>
/// The gateway's webhook message: a request has ended, with its job as polling shows it. It contains addresses of
/// pictures, never pictures.
/// </summary>
/// <param name="Type">tryon.completed | tryon.failed | tryon.canceled.</param>
/// <param name="CreatedAt">Unix seconds of the job's end.</param>
public sealed record JobMessage(string Id, string Object, string Type, long CreatedAt, JobObject Data)
{
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static byte[] Write(JobRenderer renderer, JobSet jobs, string origin)
    {
        var job = jobs.Combined;
        var type = job.Status switch
        {
            JobStatus.Succeeded => "tryon.completed",
            JobStatus.Failed => "tryon.failed",
            _ => "tryon.canceled",
        };
        return JsonSerializer.SerializeToUtf8Bytes(
            new JobMessage(
                $"msg_{job.Id}", "event", type, job.EndedAt!.Value.ToUnixTimeSeconds(), renderer.Render(origin, jobs)),
            Json);
    }
}
