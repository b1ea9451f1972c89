using Microsoft.Extensions.Options;
using TryOn.Api.Documents;
using TryOn.Api.Errors;
using TryOn.Api.Keys;
using TryOn.Core;
using TryOn.Core.Errors;
using TryOn.Core.Jobs;
using TryOn.Core.Keys;
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
        routes.MapDelete("/tryon/{id}", Cancel).RequireKey(RouteClass.Status, KeyScopes.JobsWrite)
            .Says("Try-on", "Cancels a job: 200 once it is over, 202 where a call is out that may still be charged")
            .Answers<CanceledJob>().Answers<CanceledJob>(StatusCodes.Status202Accepted);
        routes.MapPost("/tryon/{id}/cancel", Cancel).RequireKey(RouteClass.Status, KeyScopes.JobsWrite)
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
        var sync = Catalog.Find(job.Model)?.Execution == ExecutionMode.Sync;
        var newest = await watch.Wait(job, patience.Wait ?? (sync ? limits.Value.SyncWait : TimeSpan.Zero), cancellation);
        if (patience.Wait is { } wait)
            context.Response.Headers["Preference-Applied"] = $"wait={wait.TotalSeconds}";
        return TypedResults.Json(
            renderer.Render(context.Request, newest), statusCode: newest.Ended ? 200 : StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> Read(
        string id, HttpContext context, IDirectory directory, JobRenderer renderer)
    {
        var job = await Owned(directory, Caller.Of(context), id);
        return job.ToHttp(view => TypedResults.Json(renderer.Render(context.Request, view)));
    }

    private static async Task<IResult> Cancel(string id, HttpContext context, IDirectory directory, JobRenderer renderer)
    {
        var owned = await Owned(directory, Caller.Of(context), id);
        if (!owned.Ok)
            return new ErrorResult(owned.Error);
        var job = owned.Value.Ended ? owned : await directory.Job(id).Cancel();
        return job.ToHttp(view => TypedResults.Json(
            CanceledJob.Of(renderer.Render(context.Request, view), view), statusCode: view.Ended ? 200 : 202));
    }

    /// <summary>Somebody else's job and no job at all are told apart by nothing.</summary>
    public static async Task<Result<JobView>> Owned(IDirectory directory, Caller caller, string id)
    {
        var job = await directory.Job(id).Read();
        return job.Ok && job.Value.AccountId == caller.Account.Id ? job : Error.NoSuchJob;
    }
}
