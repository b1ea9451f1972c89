using Microsoft.Extensions.Options;
using TryOn.Api.Documents;
using TryOn.Api.Errors;
using TryOn.Api.Keys;
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
            .Says("Try-on", "Begins a job: 202 while it runs, 200 once it has ended in the call")
            .Takes<TryOnBody>(
                """{"model": "kling/kolors-v1-5", "person_images": ["PICTURE"], "garment_images": ["PICTURE"]}""",
                "multipart/form-data")
            .Answers<JobObject>().Answers<JobObject>(StatusCodes.Status202Accepted);
        routes.MapGet("/tryon/{id}", Read).RequireKey(RouteClass.Status)
            .Says("Try-on", "A job as it stands").Answers<JobObject>();
        routes.MapDelete("/tryon/{id}", Cancel).RequireKey(RouteClass.Cancel)
            .Says("Try-on", "Cancels a job: 200 once it is over, 202 where a call is out that may still be charged")
            .Answers<CanceledJob>().Answers<CanceledJob>(StatusCodes.Status202Accepted);
        routes.MapPost("/tryon/{id}/cancel", Cancel).RequireKey(RouteClass.Cancel)
            .Says("Try-on", "Cancels a job, for clients that send no DELETE")
            .Answers<CanceledJob>().Answers<CanceledJob>(StatusCodes.Status202Accepted);
        return routes;
    }

    private static async Task<IResult> Create(
        HttpContext context, Intake intake, JobWatch watch, JobRenderer renderer, IOptions<LimitOptions> limits,
        CancellationToken cancellation)
    {
        var request = context.Request switch
        {
            { HasFormContentType: true } form => await TryOnForm.Read(form, cancellation),
            var json when json.HasJsonContentType() => await TryOnBody.Read(json, cancellation),
            _ => new Error(ErrorCode.InvalidRequest, "The body is multipart/form-data or application/json."),
        };
        if (!request.Ok)
            return new ErrorResult(request.Error);
        if (!Patience.Read(context.Request, out var patience))
            return new ErrorResult(Patience.Unreadable);
        var accepted = await intake.Accept(
            Caller.Of(context), request.Value with { CancelAfter = patience.CancelAfter }, cancellation);
        if (!accepted.Ok)
            return new ErrorResult(accepted.Error);
        var job = accepted.Value.First;
        var sync = !request.Value.Async && Catalog.Find(job.Model)?.Execution == ExecutionMode.Sync;
        var newest = await watch.Wait(job, patience.Wait ?? (sync ? limits.Value.SyncWait : TimeSpan.Zero), cancellation);
        if (patience.Wait is { } wait)
            context.Response.Headers["Preference-Applied"] = $"wait={wait.TotalSeconds}";
        return TypedResults.Json(
            renderer.Render(context.Request, new JobSet([newest])), statusCode: newest.Ended ? 200 : StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> Read(string id, HttpContext context, JobSets sets, JobRenderer renderer)
    {
        var jobs = await sets.Read(Caller.Of(context), id);
        return jobs.ToHttp(found => TypedResults.Json(renderer.Render(context.Request, found)));
    }

    /// <summary>All of a request's jobs that have not ended.</summary>
    private static async Task<IResult> Cancel(
        string id, HttpContext context, IDirectory directory, JobSets sets, JobRenderer renderer)
    {
        var found = await sets.Read(Caller.Of(context), id);
        if (!found.Ok)
            return new ErrorResult(found.Error);
        var jobs = new List<JobView>();
        foreach (var job in found.Value.Jobs)
        {
            // One that has not begun knows nothing to cancel yet, and the others are not to be kept from it.
            var canceled = job.Ended || job.Version == 0 ? job : await directory.Job(job.Id).Ask(new JobCommand.Cancel());
            if (!canceled.Ok)
                return new ErrorResult(canceled.Error);
            jobs.Add(canceled.Value);
        }

        var set = new JobSet([.. jobs]);
        return TypedResults.Json(
            CanceledJob.Of(renderer.Render(context.Request, set), set.Whole), statusCode: set.Whole.Ended ? 200 : 202);
    }

    /// <summary>Somebody else's job and no job at all are told apart by nothing.</summary>
    public static async Task<Result<JobView>> Owned(IDirectory directory, Caller caller, string id)
    {
        var job = await directory.Job(id).Read();
        return job.Ok && job.Value.AccountId == caller.Account.Id ? job : Error.NoSuchJob;
    }
}
