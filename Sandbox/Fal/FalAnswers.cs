using System.Text.Json;
using TryOn.Sandbox.Exchanges;
using TryOn.Sandbox.Pictures;
using TryOn.Sandbox.Tasks;

namespace TryOn.Sandbox.Fal;

/// <summary>The queue's answers as they stand on the wire.</summary>
public static class FalAnswers
{
    private static readonly bool[] Fit = [false];

    public static Answer NotFound => Word(404, "NOT_FOUND");

    public static Answer Word(int status, string word) => Json(status, new { Status = word });

    public static Answer Queued(QueuedTask task, string home) => Json(200, new
    {
        RequestId = task.Id,
        StatusUrl = Address(task, home) + "/status",
        ResponseUrl = Address(task, home),
        CancelUrl = Address(task, home) + "/cancel",
        QueuePosition = 0,
        Status = "IN_QUEUE",
    });

    public static Answer Status(QueuedTask task, DateTimeOffset now, string home)
    {
        if (task.Over(now))
            return Json(200, Completed(task, home));
        return task.Queued(now)
            ? Json(202, new { Status = "IN_QUEUE", RequestId = task.Id, ResponseUrl = Address(task, home), QueuePosition = 0 })
            : Json(202, new { Status = "IN_PROGRESS", RequestId = task.Id, ResponseUrl = Address(task, home), Logs = Array.Empty<string>() });
    }

    public static Answer Result(QueuedTask task, string home, bool oneOnly)
    {
        var size = PictureHeaders.Size(task.Fitting.Picture()) ?? new PictureSize(1, 1);
        var picture = new
        {
            Url = $"{home}{FalEndpoints.Results}{task.ResultName}.png",
            size.Width,
            size.Height,
            ContentType = task.Fitting.MimeType(),
        };
        return oneOnly
            ? Json(200, new { Image = picture })
            : Json(200, new { Images = new[] { picture }, Seed = 42, HasNsfwConcepts = Fit, Prompt = "", Timings = new { Inference = 1.9 } });
    }

    public static Answer History(IEnumerable<QueuedTask> tasks) => Json(200, new
    {
        Items = tasks.Select(task => new { RequestId = task.Id, EndpointId = task.Model, SentAt = task.CreatedAt, JsonInput = task.Input }),
        HasMore = false,
        NextCursor = (string?)null,
    });

    /// <summary>Told once a request is over: its result, or its refusal, in an envelope.</summary>
    public static ReadOnlyMemory<byte> Callback(QueuedTask task, Answer result) => JsonSerializer.SerializeToUtf8Bytes(
        new
        {
            RequestId = task.Id,
            GatewayRequestId = task.Id,
            Status = task.Failure is null ? "OK" : "ERROR",
            Payload = JsonSerializer.Deserialize<JsonElement>(result.Body.Span),
            Error = task.Failure is null ? null : $"Invalid status code: {result.Status}",
        },
        SandboxJson.Snake);

    /// <param name="key">In base64url.</param>
    public static Answer Keys(string key) => Json(200, new
    {
        Keys = new[] { new { Kty = "OKP", Crv = "Ed25519", Use = "sig", X = key } },
    });

    /// <summary>A model's refusal of its input.</summary>
    public static Answer Refusal(string field, string word) => Json(422, new
    {
        Detail = new[] { new { Loc = new[] { "body", field }, Msg = "The input was refused.", Type = word } },
    });

    public static Answer Infrastructure(int status, string detail, string? word) =>
        Json(status, new { Detail = detail, ErrorType = word });

    private static object Completed(QueuedTask task, string home) => task.Failure is null
        ? new { Status = "COMPLETED", RequestId = task.Id, ResponseUrl = Address(task, home), Metrics = new { InferenceTime = 1.9 } }
        : new { Status = "COMPLETED", RequestId = task.Id, ResponseUrl = Address(task, home), Error = "Invalid status code: 422" };

    private static string Address(QueuedTask task, string home) =>
        $"{home}/{string.Join('/', task.Model.Split('/').Take(2))}/requests/{task.Id}";

    private static Answer Json(int status, object body) => Answer.Json(status, body, SandboxJson.Snake);
}
