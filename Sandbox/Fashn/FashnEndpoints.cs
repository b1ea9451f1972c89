using TryOn.Sandbox.Callbacks;
using TryOn.Sandbox.Exchanges;
using TryOn.Sandbox.Faults;
using TryOn.Sandbox.Pictures;
using TryOn.Sandbox.Tasks;

namespace TryOn.Sandbox.Fashn;

/// <summary>FASHN's run and status (https://docs.fashn.ai/api-reference/tryon-v1-6).</summary>
public sealed class FashnEndpoints(SandboxOptions options, FittingRoom room, TimeProvider clock)
{
    private const string Results = "/sandbox/fashn/results/";
    private const int BodyBytesMax = 40 * 1024 * 1024;

    private readonly QueuedTasks _tasks = new();

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/run", (HttpContext context, SubmitDesk desk, FashnEndpoints fashn) =>
            desk.Receive(context, Provider.Fashn, BodyBytesMax, fashn.Decide));
        routes.MapGet("/v1/status/{id}", (string id, HttpRequest request, FashnEndpoints fashn) => fashn.Status(id, request))
            .WithFaults(Provider.Fashn, Operation.Poll);
        routes.MapGet(Results + "{name}", (string name, FashnEndpoints fashn) => fashn.Download(name))
            .WithFaults(Provider.Fashn, Operation.Download);
    }

    private Verdict Decide(Submission submission)
    {
        if (!Credentials.Are(submission.Request, "Bearer", options.FashnApiKey))
            return Verdict.Refused(BadKey);
        if (FashnRunReader.Read(submission, out var run) is { } flaw)
            return Verdict.Refused(Refusal(400, "BadRequest", flaw));
        var task = new QueuedTask(
            $"{Guid.NewGuid()}-u1", "tryon-v1.6", submission.At, options.Scaled(options.FashnLatency),
            room.Order(run!.Person, run.Garment), Failure(submission.Fault), Input: "");
        _tasks.Add(task);
        return new Verdict(Accepted: true, () => Json(new { task.Id, Error = (string?)null }))
        {
            TaskId = task.Id,
            HumanSha256 = run.Person.Sha256,
            Model = task.Model,
            Callbacks = Callbacks(task, submission.Request),
        };
    }

    private Answer Status(string id, HttpRequest request)
    {
        if (!Credentials.Are(request, "Bearer", options.FashnApiKey))
            return BadKey;
        if (_tasks.Find(id) is not { } task)
            return Refusal(404, "NotFound", "Prediction not found");
        var now = clock.GetUtcNow();
        if (!task.Over(now))
            return Json(new { task.Id, Status = task.Queued(now) ? "in_queue" : "processing", Output = (string[]?)null, Error = (string?)null });
        return task.Failure is null ? Ended(task, Home(request)) with { Headers = Used } : Ended(task, Home(request));
    }

    // The same that its status is answered with.
    private static CallbackOrder[] Callbacks(QueuedTask task, HttpRequest request)
    {
        var home = Home(request);
        return request.Query.TryGetValue("webhook_url", out var address)
            ? [new CallbackOrder(address.ToString(), task.EndsAt, () => Ended(task, home).Body)]
            : [];
    }

    private static Answer Ended(QueuedTask task, string home) => task.Failure is { } failure
        ? Json(new { task.Id, Status = "failed", Output = (string[]?)null, Error = new { Name = failure, Message = "It failed." } })
        : Json(Completed(task, $"{home}{Results}{task.ResultName}.png"));

    private static string Home(HttpRequest request) => $"{request.Scheme}://{request.Host}";

    private static object Completed(QueuedTask task, string address) =>
        new { task.Id, Status = "completed", Output = new[] { address }, Error = (string?)null };

    // Results need no key, as upstream: whoever has the address has the picture.
    private Answer Download(string name) => _tasks.FindByResult(Path.GetFileNameWithoutExtension(name)) is { } task
        ? new Answer(StatusCodes.Status200OK, task.Fitting.Picture(), task.Fitting.MimeType())
        : Refusal(404, "NotFound", "No such picture");

    private static readonly Dictionary<string, string> Used = new() { ["x-fashn-credits-used"] = "1" };

    private static Answer BadKey => Refusal(401, "UnauthorizedAccess", "Unauthorized: Invalid token");

    private static string? Failure(Fault? fault) => fault is not { Action: FaultAction.FailTask } ? null
        : fault.Text.Length == 0 ? "PipelineError" : fault.Text;

    private static Answer Refusal(int status, string error, string message) =>
        Answer.Json(status, new { Error = error, Message = message }, SandboxJson.Snake);

    private static Answer Json(object body) => Answer.Json(StatusCodes.Status200OK, body, SandboxJson.Snake);
}

public static class FashnRegistration
{
    public static IServiceCollection AddFashn(this IServiceCollection services) => services.AddSingleton<FashnEndpoints>();

    public static IEndpointRouteBuilder MapFashn(this IEndpointRouteBuilder routes)
    {
        FashnEndpoints.Map(routes);
        return routes;
    }
}
