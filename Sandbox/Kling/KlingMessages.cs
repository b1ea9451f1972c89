using System.Text.Json;
using System.Text.Json.Serialization;
using TryOn.Sandbox.Wire;

namespace TryOn.Sandbox.Kling;

public sealed record KlingEnvelope(int Code, string Message, string RequestId, object? Data)
{
    private static readonly JsonSerializerOptions Wire = new(SandboxJson.SnakeCase)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static Answer Succeed(object data) => Answer(StatusCodes.Status200OK, 0, "SUCCEED", data);

    /// <summary>The body of a callback: the task without an envelope.</summary>
    public static ReadOnlyMemory<byte> CallbackBody(KlingTaskData task) =>
        JsonSerializer.SerializeToUtf8Bytes(task, Wire);

    public static Answer Answer(int status, int code, string message, object? data) =>
        Sandbox.Wire.Answer.Json(status, new KlingEnvelope(code, message, Guid.NewGuid().ToString(), data), Wire);
}

/// <summary>A task. Times are unix milliseconds; null fields are omitted.</summary>
public sealed record KlingTaskData(
    string TaskId,
    KlingStatus TaskStatus,
    string? TaskStatusMsg,
    KlingTaskInfo TaskInfo,
    KlingTaskResult? TaskResult,
    string? FinalUnitDeduction,
    long CreatedAt,
    long UpdatedAt);

public sealed record KlingTaskInfo(string? ExternalTaskId);

public sealed record KlingTaskResult(IReadOnlyList<KlingImage> Images);

public sealed record KlingImage(int Index, string Url);

/// <summary>Status of a task. The wire format says <c>succeed</c>, not <c>succeeded</c>.</summary>
public enum KlingStatus
{
    Submitted,
    Processing,
    Succeed,
    Failed,
}
