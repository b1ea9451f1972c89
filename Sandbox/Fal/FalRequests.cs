using System.Globalization;
using TryOn.Sandbox.Callbacks;
using TryOn.Sandbox.Exchanges;
using TryOn.Sandbox.Faults;
using TryOn.Sandbox.Pictures;
using TryOn.Sandbox.Tasks;

namespace TryOn.Sandbox.Fal;

/// <summary>Takes requests, and tells how they stand and what they came to.</summary>
public sealed class FalRequests(SandboxOptions options, FittingRoom room, FalSigningKey key, TimeProvider clock)
{
    private const string Kling = "fal-ai/kling/v1-5/kolors-virtual-try-on";

    private static readonly string[] Endpoints = [Kling, "fal-ai/flux-pro/kontext/multi", "fal-ai/flux-pro/kontext/max/multi"];

    private static readonly Dictionary<string, string> Billed = new() { ["x-fal-billable-units"] = "1" };

    private readonly QueuedTasks _tasks = new();

    public Verdict Decide(Submission submission, string endpoint)
    {
        if (Stranger(submission.Request) is { } stranger)
            return Verdict.Refused(stranger);
        if (!Endpoints.Contains(endpoint))
            return Verdict.Refused(FalAnswers.Infrastructure(404, $"Application '{endpoint}' not found", word: null));
        if (FalInput.Read(submission, endpoint == Kling, out var input) is { } flaw)
            return Verdict.Refused(FalAnswers.Refusal(flaw.Field, flaw.Word));
        var task = new QueuedTask(
            Guid.NewGuid().ToString(), endpoint, submission.At, options.Scaled(options.FalLatency),
            room.Order(input!.Person, input.Garment), Failure(submission.Fault), new { input.Seed, input.Prompt });
        _tasks.Add(task);
        var home = Home(submission.Request);
        return new Verdict(Accepted: true, () => FalAnswers.Queued(task, home))
        {
            TaskId = task.Id,
            HumanSha256 = input.Person.Sha256,
            Model = endpoint,
            Callbacks = Callbacks(task, submission.Request),
        };
    }

    public Answer Status(string id, HttpRequest request) =>
        Stranger(request) ?? (_tasks.Find(id) is { } task
            ? FalAnswers.Status(task, clock.GetUtcNow(), Home(request))
            : FalAnswers.NotFound);

    public Answer Result(string id, HttpRequest request)
    {
        if (Stranger(request) is { } stranger)
            return stranger;
        if (_tasks.Find(id) is not { } task)
            return FalAnswers.NotFound;
        if (!task.Over(clock.GetUtcNow()))
            return FalAnswers.Infrastructure(400, "Request is still in progress", word: null);
        return ResultOf(task, Home(request)) with { Headers = Billed };
    }

    public Answer Cancel(string id, HttpRequest request) =>
        Stranger(request) ?? (_tasks.Find(id) is { } task
            ? FalAnswers.Word(task.Over(clock.GetUtcNow()) ? 400 : 202, task.Over(clock.GetUtcNow()) ? "ALREADY_COMPLETED" : "CANCELLATION_REQUESTED")
            : FalAnswers.NotFound);

    public Answer History(HttpRequest request)
    {
        if (Stranger(request) is { } stranger)
            return stranger;
        return Time(request, "start") is { } from && Time(request, "end") is { } to
            ? FalAnswers.History(_tasks.Of(request.Query["endpoint_id"].ToString(), from, to))
            : FalAnswers.Refusal("start", "missing");
    }

    // Results need no key, as upstream: whoever has the address has the picture.
    public Answer Download(string name) => _tasks.FindByResult(Path.GetFileNameWithoutExtension(name)) is { } task
        ? new Answer(StatusCodes.Status200OK, task.Fitting.Picture(), task.Fitting.MimeType())
        : FalAnswers.NotFound;

    private CallbackOrder[] Callbacks(QueuedTask task, HttpRequest request)
    {
        var home = Home(request);
        return request.Query.TryGetValue("fal_webhook", out var address)
            ?
            [
                new CallbackOrder(address.ToString(), task.EndsAt, () => FalAnswers.Callback(task, ResultOf(task, home)))
                {
                    Signature = new FalSignature(key, task.Id),
                },
            ]
            : [];
    }

    private static Answer ResultOf(QueuedTask task, string home) => task.Failure is { } failure
        ? FalAnswers.Refusal("image_urls", failure)
        : FalAnswers.Result(task, home, oneOnly: task.Model == Kling);

    private Answer? Stranger(HttpRequest request) => Credentials.Are(request, "Key", options.FalApiKey)
        ? null
        : FalAnswers.Infrastructure(401, "Cannot access application: no or wrong key", word: null);

    private static string? Failure(Fault? fault) => fault is not { Action: FaultAction.FailTask } ? null
        : fault.Text.Length == 0 ? "content_policy_violation" : fault.Text;

    private static DateTimeOffset? Time(HttpRequest request, string name) =>
        DateTimeOffset.TryParse(request.Query[name], CultureInfo.InvariantCulture, out var at) ? at : null;

    private static string Home(HttpRequest request) => $"{request.Scheme}://{request.Host}";
}
