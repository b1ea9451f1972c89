using System.Text.Json;
using System.Text.Json.Serialization;
using TryOn.Providers.Wire;

namespace TryOn.Providers.Kling;

/// <summary>
/// The body of a submit. Pictures are byte arrays, which the serializer writes as base64 without a prefix, as Kling
/// requires.
/// </summary>
public sealed record KlingSubmission(
    string ModelName, byte[] HumanImage, byte[] ClothImage, string ExternalTaskId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? CallbackUrl = null);

public sealed record KlingClaims(string Iss, long Exp, long Nbf);

/// <summary>The envelope of every answer. <see cref="Data"/> is read only if <see cref="Code"/> is 0.</summary>
public sealed record KlingEnvelope(int? Code, string? Message, JsonElement Data)
{
    /// <summary>Null for anything that is not the envelope.</summary>
    public static KlingEnvelope? Read(ReadOnlySpan<byte> body) =>
        UpstreamJson.Read(body, KlingJson.Default.KlingEnvelope) is { Code: not null } envelope ? envelope : null;
}

/// <summary>A task. The request id is not read. Times are unix milliseconds of the upstream's own clock.</summary>
/// <param name="FinalUnitDeduction">A number written as text. A JSON element, so that unexpected content does not make
/// the answer unreadable.</param>
public sealed record KlingTask(
    string? TaskId, string? TaskStatus, string? TaskStatusMsg, KlingTaskInfo? TaskInfo, KlingTaskResult? TaskResult,
    JsonElement FinalUnitDeduction = default, JsonElement CreatedAt = default, JsonElement UpdatedAt = default)
{
    /// <summary>Far above the 20 digits seen; keeps an oversized id out of stored records.</summary>
    private const int IdLengthMax = 256;

    [JsonIgnore]
    public bool Running => TaskStatus is "submitted" or "processing";

    /// <summary>Time from the task's creation to its last change; zero if unknown.</summary>
    [JsonIgnore]
    public TimeSpan Duration =>
        Milliseconds(UpdatedAt) - Milliseconds(CreatedAt) is > 0 and < 1e9 and var duration
            ? TimeSpan.FromMilliseconds(duration)
            : TimeSpan.Zero;

    /// <summary>The largest page size that the upstream accepts.</summary>
    public const int PageSize = 500;

    /// <summary>Null for anything that is not a list of tasks.</summary>
    public static IReadOnlyList<KlingTask?>? ReadList(KlingEnvelope envelope)
    {
        try
        {
            return envelope.Data.ValueKind == JsonValueKind.Array
                ? envelope.Data.Deserialize(KlingJson.Default.IReadOnlyListKlingTask)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static double? Milliseconds(JsonElement time) =>
        time.ValueKind == JsonValueKind.Number && time.TryGetDouble(out var number) ? number : null;

    public static KlingTask? Read(KlingEnvelope envelope)
    {
        try
        {
            var task = envelope.Data.ValueKind == JsonValueKind.Object
                ? envelope.Data.Deserialize(KlingJson.Default.KlingTask)
                : null;
            return task?.TaskId is { Length: > 0 and <= IdLengthMax } ? task : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

public sealed record KlingTaskInfo(string? ExternalTaskId);

public sealed record KlingTaskResult(IReadOnlyList<KlingImage?>? Images);

public sealed record KlingImage(string? Url);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(KlingSubmission))]
[JsonSerializable(typeof(KlingClaims))]
[JsonSerializable(typeof(KlingEnvelope))]
[JsonSerializable(typeof(KlingTask))]
[JsonSerializable(typeof(IReadOnlyList<KlingTask>))]
public sealed partial class KlingJson : JsonSerializerContext;
