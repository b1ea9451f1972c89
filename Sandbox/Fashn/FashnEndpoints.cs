using TryOn.Sandbox.Callbacks;
using TryOn.Sandbox.Exchanges;
using TryOn.Sandbox.Faults;
using TryOn.Sandbox.Pictures;
using TryOn.Sandbox.Settings;
using TryOn.Sandbox.Tasks;
using TryOn.Sandbox.Wire;

namespace TryOn.Sandbox.Fashn;

/// <summary>FASHN's run and status (https://docs.fashn.ai/api-reference/tryon-v1-6).</summary>
public sealed class FashnEndpoints(SandboxOptions options, FittingCache fittings, TimeProvider clock)
{
    private const string Results = "/sandbox/fashn/results/";
    private const int BodyBytesMax = 40 * 1024 * 1024;

    private readonly QueuedTasks _tasks = new();

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/run", (HttpContext context, SubmitHandler handler, FashnEndpoints fashn) =>
            handler.Handle(context, Provider.Fashn, BodyBytesMax, fashn.Decide));
        routes.MapGet(
            "/v1/status/{id}", (string id, HttpRequest request, FashnEndpoints fashn) => fashn.Status(id, request))
            .WithFaults(Provider.Fashn, Operation.Poll);
        routes.MapGet(Results + "{name}", (string name, FashnEndpoints fashn) => fashn.Download(name))
            .WithFaults(Provider.Fashn, Operation.Download);
    }

    private SubmitDecision Decide(Submission submission)
    {
        if (!Credentials.Match(submission.Request, "Bearer", options.FashnApiKey))
            return SubmitDecision.Refused(BadKey);
        if (FashnRunReader.Read(submission, out var run) is { } flaw)
            return SubmitDecision.Refused(Refusal(400, "BadRequest", flaw));
        var task = new QueuedTask(
            $"{Guid.NewGuid()}-u1", "tryon-v1.6", submission.At, options.Scaled(options.FashnLatency),
            fittings.GetOrAdd(run!.Person, run.Garment), Failure(submission.Fault), Input: "");
        _tasks.Add(task);
        return new SubmitDecision(Accepted: true, () => Json(new { task.Id, Error = (string?)null }))
        {
            TaskId = task.Id,
            HumanSha256 = run.Person.Sha256,
            Model = task.Model,
            Callbacks = Callbacks(task, submission.Request),
        };
    }

    private Answer Status(string id, HttpRequest request)
    {
        if (!Credentials.Match(request, "Bearer", options.FashnApiKey))
            return BadKey;
        if (_tasks.Find(id) is not { } task)
            return Refusal(404, "NotFound", "Prediction not found");
        var now = clock.GetUtcNow();
        if (!task.HasEnded(now))
            return Json(
                new { task.Id, Status = task.IsQueued(now)
                    ? "in_queue"
                    : "processing", Output = (string[]?)null, Error = (string?)null });
        var ended = Ended(task, Origin(request));
        return task.Failure is null ? ended with { Headers = CreditsUsedHeaders } : ended;
    }

    // A callback has the same body as the status route.
    private static PlannedCallback[] Callbacks(QueuedTask task, HttpRequest request)
    {
        var origin = Origin(request);
        return request.Query.TryGetValue("webhook_url", out var address)
            ? [new PlannedCallback(address.ToString(), task.EndsAt, () => Ended(task, origin).Body)]
            : [];
    }

    private static Answer Ended(QueuedTask task, string origin) => task.Failure is { } failure
        ? Json(new { task.Id, Status = "failed", Output = (string[]?)null,
            Error = new { Name = failure, Message = "It failed." } })
        : Json(Completed(task, $"{origin}{Results}{task.ResultName}.png"));

    private static string Origin(HttpRequest request) => $"{request.Scheme}://{request.Host}";

    private static object Completed(QueuedTask task, string address) =>
        new { task.Id, Status = "completed", Output = new[] { address }, Error = (string?)null };

    // As upstream, results need no key: anyone who knows the address can download the picture.
    private Answer Download(string name) => _tasks.FindByResult(Path.GetFileNameWithoutExtension(name)) is { } task
        ? new Answer(StatusCodes.Status200OK, task.Fitting.Picture(), task.Fitting.MimeType())
        : Refusal(404, "NotFound", "No such picture");

    private static readonly Dictionary<string, string> CreditsUsedHeaders = new() { ["x-fashn-credits-used"] = "1" };

    private static Answer BadKey => Refusal(401, "UnauthorizedAccess", "Unauthorized: Invalid token");

    private static string? Failure(Fault? fault) => fault is not { Action: FaultAction.FailTask } ? null
        : fault.Text.Length == 0 ? "PipelineError" : fault.Text;

    private static Answer Refusal(int status, string error, string message) =>
        Answer.Json(status, new { Error = error, Message = message }, SandboxJson.SnakeCase);

    private static Answer Json(object body) => Answer.Json(StatusCodes.Status200OK, body, SandboxJson.SnakeCase);
}
