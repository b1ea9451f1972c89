using Microsoft.Extensions.Options;
using TryOn.Api.Errors;
using TryOn.Api.Keys;
using TryOn.Api.Jobs;
using TryOn.Core.Errors;
using TryOn.Core.Jobs;
using TryOn.Core.Limits;
using TryOn.Core.Models;

namespace TryOn.Api.Chat;

public static class ChatEndpoints
{
    public static IEndpointRouteBuilder MapChat(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/chat/completions", Complete).RequireKey(RouteClass.TryOn);
        return routes;
    }

    /// <summary>Blocks until the picture is there, however slow the model: a client of this schema knows no job.</summary>
    private static async Task<IResult> Complete(
        HttpContext context, Intake intake, JobWatch watch, JobRenderer renderer, PublicAddress address,
        IOptions<LimitOptions> limits, CancellationToken cancellation)
    {
        var request = await ChatReader.Read(context.Request, cancellation);
        if (!request.Ok)
            return new ErrorResult(request.Error);
        var accepted = await intake.Accept(Caller.Of(context), request.Value, cancellation);
        if (!accepted.Ok)
            return new ErrorResult(accepted.Error);
        var job = await watch.Wait(accepted.Value, limits.Value.JobDeadline, cancellation);
        context.Response.Headers["X-Generation-Id"] = job.Id;
        return job.Status == JobStatus.Succeeded
            ? TypedResults.Json(Render(job, renderer.Outputs(address.Of(context.Request), job)))
            : new ErrorResult(job.Error ?? new Error(ErrorCode.Timeout, "No picture came in time."));
    }

    private static ChatCompletion Render(JobView job, IReadOnlyList<JobOutput> outputs)
    {
        var images = outputs.Select((output, index) => new ChatImage("image_url", index, new ChatImageUrl(output.Url)));
        var answer = new ChatAnswer("assistant", "", Refusal: null, [.. images]);
        return new ChatCompletion(
            job.Id, "chat.completion", job.CreatedAt.ToUnixTimeSeconds(), job.Model,
            Catalog.Find(job.Model)?.ProviderName ?? "", SystemFingerprint: null,
            [new ChatChoice(0, "stop", "stop", Logprobs: null, answer)],
            new ChatUsage(0, 0, 0, job.Credits, IsByok: false));
    }
}
