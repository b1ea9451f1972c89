using Microsoft.Extensions.Options;
using TryOn.Api.Documents;
using TryOn.Api.Errors;
using TryOn.Api.Http;
using TryOn.Api.Keys;
using TryOn.Api.Limits;
using TryOn.Core;
using TryOn.Core.Errors;
using TryOn.Core.Jobs;
using TryOn.Core.Limits;
using TryOn.Core.Models;

namespace TryOn.Api.Jobs;

public static class TryOnEndpoints
{
    public static IEndpointRouteBuilder MapTryOn(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/tryon", Create).RequireKey(RouteClass.TryOn)
            .Describe("Try-on", "Starts a job: 202 while it runs, 200 if it ends within the call")
            .AcceptsBody<TryOnBody>(
                """{"model": "kling/kolors-v1-5", "person_images": ["PICTURE"], "garment_images": ["PICTURE"]}""",
                "multipart/form-data")
            .ReturnsBody<JobObject>().ReturnsBody<JobObject>(StatusCodes.Status202Accepted);
        routes.MapGet("/tryon/{id}", Read).RequireKey(RouteClass.Status)
            .Describe("Try-on", "The current state of a job").ReturnsBody<JobObject>();
        routes.MapDelete("/tryon/{id}", Cancel).RequireKey(RouteClass.Cancel)
            .Describe(
                "Try-on",
                "Cancels a job: 200 if it has ended, 202 if a provider call in progress may still be charged")
            .ReturnsBody<CanceledJob>().ReturnsBody<CanceledJob>(StatusCodes.Status202Accepted);
        routes.MapPost("/tryon/{id}/cancel", Cancel).RequireKey(RouteClass.Cancel)
            .Describe("Try-on", "Cancels a job, for clients that send no DELETE")
            .ReturnsBody<CanceledJob>().ReturnsBody<CanceledJob>(StatusCodes.Status202Accepted);
        return routes;
    }

    private static async Task<IResult> Create(
        HttpContext context, Intake intake, JobWaiter waiter, JobRenderer renderer, IOptions<LimitOptions> limits,
        CancellationToken cancellation)
    {
        var request = FormBody.IsForm(context.Request)
            ? await TryOnForm.Read(context.Request, cancellation)
            : await TryOnBody.Read(context.Request, cancellation);
        if (!request.Ok)
            return new ErrorResult(request.Error);
        if (!WaitPreferences.Read(context.Request, out var preferences))
            return new ErrorResult(WaitPreferences.InvalidCancelAfter);
        var accepted = await intake.Accept(
            Caller.FromContext(context), request.Value with { CancelAfter = preferences.CancelAfter }, cancellation);
        if (!accepted.Ok)
            return new ErrorResult(accepted.Error);
        var job = accepted.Value.First;
        var sync = !request.Value.Async && Catalog.Find(job.Model)?.Execution == ExecutionMode.Sync;
        var newest = await waiter.Wait(
            job, preferences.Wait ?? (sync ? limits.Value.SyncWait : TimeSpan.Zero), cancellation);
        if (preferences.Wait is { } wait)
            context.Response.Headers["Preference-Applied"] = $"wait={wait.TotalSeconds}";
        return TypedResults.Json(
            renderer.Render(context.Request, new JobSet([newest])),
            statusCode: newest.Ended ? 200 : StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> Read(string id, HttpContext context, JobSets sets, JobRenderer renderer)
    {
        var jobs = await sets.Read(Caller.FromContext(context), id);
        return jobs.ToHttp(found => TypedResults.Json(renderer.Render(context.Request, found)));
    }

    /// <summary>Cancels all jobs of a request that have not ended.</summary>
    private static async Task<IResult> Cancel(
        string id, HttpContext context, IDirectory directory, JobSets sets, JobRenderer renderer)
    {
        var found = await sets.Read(Caller.FromContext(context), id);
        if (!found.Ok)
            return new ErrorResult(found.Error);
        var jobs = new List<JobView>();
        foreach (var job in found.Value.Jobs)
        {
            // A job that has not started cannot be canceled yet; this must not keep the others from being canceled.
            var canceled = job.Ended || job.Version == 0
                ? job
                : await directory.Job(job.Id).Ask(new JobCommand.Cancel());
            if (!canceled.Ok)
                return new ErrorResult(canceled.Error);
            jobs.Add(canceled.Value);
        }

        var set = new JobSet([.. jobs]);
        return TypedResults.Json(
            CanceledJob.FromJob(renderer.Render(context.Request, set), set.Combined),
            statusCode: set.Combined.Ended ? 200 : 202);
    }

    /// <summary>
    /// Returns the caller's own job. Another account's job gives the same error as a job that does not exist.
    /// </summary>
    public static async Task<Result<JobView>> Owned(IDirectory directory, Caller caller, string id)
    {
        var job = await directory.Job(id).Read();
        return job.Ok && job.Value.AccountId == caller.Account.Id ? job : Error.NoSuchJob;
    }
}
