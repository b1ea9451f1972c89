using System.Globalization;
using TryOn.Sandbox.Callbacks;
using TryOn.Sandbox.Exchanges;
using TryOn.Sandbox.Faults;
using TryOn.Sandbox.Pictures;
using TryOn.Sandbox.Settings;
using TryOn.Sandbox.Tasks;
using TryOn.Sandbox.Wire;

namespace TryOn.Sandbox.Fal;

/// <summary>Queues requests, and returns their status and results.</summary>
public sealed class FalRequests(SandboxOptions options, FittingCache fittings, FalSigningKey key, TimeProvider clock)
{
    private const string Kling = "fal-ai/kling/v1-5/kolors-virtual-try-on";

    private static readonly string[] Endpoints = [
        Kling, "fal-ai/flux-pro/kontext/multi", "fal-ai/flux-pro/kontext/max/multi"];

    private static readonly Dictionary<string, string> BilledHeaders = new() { ["x-fal-billable-units"] = "1" };

    private readonly QueuedTasks _tasks = new();

    public SubmitDecision Decide(Submission submission, string endpoint)
    {
        if (Unauthorized(submission.Request) is { } unauthorized)
            return SubmitDecision.Refused(unauthorized);
        if (!Endpoints.Contains(endpoint))
            return SubmitDecision.Refused(
                FalAnswers.Infrastructure(404, $"Application '{endpoint}' not found", errorType: null));
        if (FalInput.Read(submission, endpoint == Kling, out var input) is { } flaw)
            return SubmitDecision.Refused(FalAnswers.Refusal(flaw.Field, flaw.ErrorType));
        var task = new QueuedTask(
            Guid.NewGuid().ToString(), endpoint, submission.At, options.Scaled(options.FalLatency),
            fittings.GetOrAdd(input!.Person, input.Garment), Failure(submission.Fault),
            new { input.Seed, input.Prompt });
        _tasks.Add(task);
        var origin = Origin(submission.Request);
        return new SubmitDecision(Accepted: true, () => FalAnswers.Queued(task, origin))
        {
            TaskId = task.Id,
            HumanSha256 = input.Person.Sha256,
            Model = endpoint,
            Callbacks = Callbacks(task, submission.Request),
        };
    }

    public Answer Status(string id, HttpRequest request) =>
        Unauthorized(request) ?? (_tasks.Find(id) is { } task
            ? FalAnswers.Status(task, clock.GetUtcNow(), Origin(request))
            : FalAnswers.NotFound);

    public Answer Result(string id, HttpRequest request)
    {
        if (Unauthorized(request) is { } unauthorized)
            return unauthorized;
        if (_tasks.Find(id) is not { } task)
            return FalAnswers.NotFound;
        if (!task.HasEnded(clock.GetUtcNow()))
            return FalAnswers.Infrastructure(400, "Request is still in progress", errorType: null);
        return ResultOf(task, Origin(request)) with { Headers = BilledHeaders };
    }

    public Answer Cancel(string id, HttpRequest request) =>
        Unauthorized(request) ?? (_tasks.Find(id) is { } task
            ? FalAnswers.StatusOnly(
                task.HasEnded(clock.GetUtcNow()) ? 400 : 202,
                task.HasEnded(clock.GetUtcNow()) ? "ALREADY_COMPLETED" : "CANCELLATION_REQUESTED")
            : FalAnswers.NotFound);

    public Answer History(HttpRequest request)
    {
        if (Unauthorized(request) is { } unauthorized)
            return unauthorized;
        return Time(request, "start") is { } from && Time(request, "end") is { } to
            ? FalAnswers.History(_tasks.Between(request.Query["endpoint_id"].ToString(), from, to))
            : FalAnswers.Refusal("start", "missing");
    }

    // As upstream, results need no key: anyone who knows the address can download the picture.
    public Answer Download(string name) => _tasks.FindByResult(Path.GetFileNameWithoutExtension(name)) is { } task
        ? new Answer(StatusCodes.Status200OK, task.Fitting.Picture(), task.Fitting.MimeType())
        : FalAnswers.NotFound;

    private PlannedCallback[] Callbacks(QueuedTask task, HttpRequest request)
    {
        var origin = Origin(request);
        return request.Query.TryGetValue("fal_webhook", out var address)
            ?
            [
                new PlannedCallback(
                    address.ToString(), task.EndsAt, () => FalAnswers.Callback(task, ResultOf(task, origin)))
                {
                    Signature = new FalSignature(key, task.Id),
                },
            ]
            : [];
    }

    private static Answer ResultOf(QueuedTask task, string origin) => task.Failure is { } failure
        ? FalAnswers.Refusal("image_urls", failure)
        : FalAnswers.Result(task, origin, oneOnly: task.Model == Kling);

    private Answer? Unauthorized(HttpRequest request) => Credentials.Match(request, "Key", options.FalApiKey)
        ? null
        : FalAnswers.Infrastructure(401, "Cannot access application: no or wrong key", errorType: null);

    private static string? Failure(Fault? fault) => fault is not { Action: FaultAction.FailTask } ? null
        : fault.Text.Length == 0 ? "content_policy_violation" : fault.Text;

    private static DateTimeOffset? Time(HttpRequest request, string name) =>
        DateTimeOffset.TryParse(request.Query[name], CultureInfo.InvariantCulture, out var at) ? at : null;

    private static string Origin(HttpRequest request) => $"{request.Scheme}://{request.Host}";
}
