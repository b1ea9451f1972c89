using System.Text.Json;
using TryOn.Sandbox.Pictures;
using TryOn.Sandbox.Tasks;
using TryOn.Sandbox.Wire;

namespace TryOn.Sandbox.Fal;

/// <summary>The queue's answers in FAL's wire format.</summary>
public static class FalAnswers
{
    private static readonly bool[] NotUnsafe = [false];

    public static Answer NotFound => StatusOnly(404, "NOT_FOUND");

    public static Answer StatusOnly(int status, string errorType) => Json(status, new { Status = errorType });

    public static Answer Queued(QueuedTask task, string origin) => Json(200, new
    {
        RequestId = task.Id,
        StatusUrl = Address(task, origin) + "/status",
        ResponseUrl = Address(task, origin),
        CancelUrl = Address(task, origin) + "/cancel",
        QueuePosition = 0,
        Status = "IN_QUEUE",
    });

    public static Answer Status(QueuedTask task, DateTimeOffset now, string origin)
    {
        if (task.HasEnded(now))
            return Json(200, Completed(task, origin));
        return task.IsQueued(now)
            ? Json(202, new { Status = "IN_QUEUE", RequestId = task.Id, ResponseUrl = Address(task, origin),
                QueuePosition = 0 })
            : Json(202, new { Status = "IN_PROGRESS", RequestId = task.Id, ResponseUrl = Address(task, origin),
                Logs = Array.Empty<string>() });
    }

    public static Answer Result(QueuedTask task, string origin, bool oneOnly)
    {
        var size = Decoder.Size(task.Fitting.Picture()) ?? new PictureSize(1, 1);
        var picture = new
        {
            Url = $"{origin}{FalEndpoints.Results}{task.ResultName}.png",
            size.Width,
            size.Height,
            ContentType = task.Fitting.MimeType(),
        };
        return oneOnly
            ? Json(200, new { Image = picture })
            : Json(200, new { Images = new[] { picture }, Seed = 42, HasNsfwConcepts = NotUnsafe, Prompt = "",
                Timings = new { Inference = 1.9 } });
    }

    public static Answer History(IEnumerable<QueuedTask> tasks) => Json(200, new
    {
        Items = tasks.Select(
            task => new { RequestId = task.Id, EndpointId = task.Model, SentAt = task.CreatedAt,
                JsonInput = task.Input }),
        HasMore = false,
        NextCursor = (string?)null,
    });

    /// <summary>The callback for a completed request: its result, or its error, in an envelope.</summary>
    public static ReadOnlyMemory<byte> Callback(QueuedTask task, Answer result) => JsonSerializer.SerializeToUtf8Bytes(
        new
        {
            RequestId = task.Id,
            GatewayRequestId = task.Id,
            Status = task.Failure is null ? "OK" : "ERROR",
            Payload = JsonSerializer.Deserialize<JsonElement>(result.Body.Span),
            Error = task.Failure is null ? null : $"Invalid status code: {result.Status}",
        },
        SandboxJson.SnakeCase);

    /// <param name="key">Public key in base64url.</param>
    public static Answer Keys(string key) => Json(200, new
    {
        Keys = new[] { new { Kty = "OKP", Crv = "Ed25519", Use = "sig", X = key } },
    });

    /// <summary>A model's rejection of its input.</summary>
    public static Answer Refusal(string field, string errorType) => Json(422, new
    {
        Detail = new[] { new { Loc = new[] { "body", field }, Msg = "The input was refused.", Type = errorType } },
    });

    public static Answer Infrastructure(int status, string detail, string? errorType) =>
        Json(status, new { Detail = detail, ErrorType = errorType });

    private static object Completed(QueuedTask task, string origin) => task.Failure is null
        ? new { Status = "COMPLETED", RequestId = task.Id, ResponseUrl = Address(task, origin),
            Metrics = new { InferenceTime = 1.9 } }
        : new { Status = "COMPLETED", RequestId = task.Id, ResponseUrl = Address(task, origin),
            Error = "Invalid status code: 422" };

    private static string Address(QueuedTask task, string origin) =>
        $"{origin}/{string.Join('/', task.Model.Split('/').Take(2))}/requests/{task.Id}";

    private static Answer Json(int status, object body) => Answer.Json(status, body, SandboxJson.SnakeCase);
}
