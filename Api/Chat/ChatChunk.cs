using System.Text.Json.Serialization;
using TryOn.Api.Errors;

namespace TryOn.Api.Chat;

/// <summary>
/// One frame of a streamed chat. Every frame has <c>choices</c>, because OpenAI's and OpenRouter's clients fail without
/// it. A top-level <c>error</c> ends the stream for all clients.
/// </summary>
public sealed record ChatChunk(
    string Id,
    string Object,
    long Created,
    string Model,
    string Provider,
    IReadOnlyList<ChatDeltaChoice> Choices,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ChatUsage? Usage = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ChatProgress? Tryon = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ErrorDetail? Error = null);

public sealed record ChatDeltaChoice(
    int Index,
    ChatDelta Delta,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? FinishReason);

public sealed record ChatDelta(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Role = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Content = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ChatImage>? Images = null);

/// <param name="Status">pending | processing.</param>
/// <param name="Progress">0 to 1, estimated from the model's usual latency.</param>
public sealed record ChatProgress(string Status, double Progress);
