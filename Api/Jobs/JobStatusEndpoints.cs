using System.Text.Json.Serialization;
using TryOn.Api.Documents;
using TryOn.Api.Errors;
using TryOn.Api.Keys;
using TryOn.Core.Limits;

namespace TryOn.Api.Jobs;

/// <summary>The job as older clients of this API poll it, at the <c>statusUrl</c> of the first answer.</summary>
public static class JobStatusEndpoints
{
    public static IEndpointRouteBuilder MapJobStatus(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/tryon/status/{id}", Read).RequireKey(RouteClass.Status)
            .Describe("Try-on", "A job in the format of older clients").ReturnsBody<JobStatusObject>();
        return routes;
    }

    private static async Task<IResult> Read(string id, HttpContext context, JobSets sets, JobRenderer renderer)
    {
        var jobs = await sets.Read(Caller.FromContext(context), id);
        return jobs.ToHttp(
            found => TypedResults.Json(JobStatusObject.FromJob(renderer.Render(context.Request, found))));
    }
}

/// <param name="Status">processing | completed | failed.</param>
/// <param name="ImageUrl">The first picture's address; null until it is ready.</param>
/// <param name="ImageBase64">Always null. Older clients check this field as well, but pictures are returned as
/// addresses.</param>
/// <param name="Result">All pictures; null until they are ready.</param>
/// <param name="Error">What went wrong, in a sentence for people; null otherwise.</param>
/// <param name="ErrorCode">The stable name of the error.</param>
public sealed record JobStatusObject(
    [property: JsonPropertyName("jobId")] string JobId,
    string Status,
    [property: JsonPropertyName("imageUrl")] string? ImageUrl,
    [property: JsonPropertyName("imageBase64")] string? ImageBase64,
    string Message,
    IReadOnlyList<JobOutput>? Result,
    string? Error,
    [property: JsonPropertyName("errorCode")] string? ErrorCode)
{
    public static JobStatusObject FromJob(JobObject job) => job.Status switch
    {
        "pending" or "processing" =>
            new(job.Id, "processing", null, null, "The picture is being made.", null, null, null),
        "succeeded" =>
            new(job.Id, "completed", job.Output[0].Url, null, "The picture is there.", job.Output, null, null),
        _ => new(
            job.Id, "failed", null, null, job.Error?.Message ?? "The job was canceled.", null,
            job.Error?.Message ?? "The job was canceled.", job.Error?.Name ?? "canceled"),
    };
}
