using System.Text.Json.Serialization;

namespace TryOn.Api.Chat;

/// <summary>
/// The union of the fields that OpenAI's and OpenRouter's clients require: some reject an answer without <c>object</c>,
/// <c>created</c> or <c>system_fingerprint</c>, some read <c>images[].type</c>.
/// </summary>
public sealed record ChatCompletion(
    string Id,
    string Object,
    long Created,
    string Model,
    string Provider,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? SystemFingerprint,
    IReadOnlyList<ChatChoice> Choices,
    ChatUsage Usage);

public sealed record ChatChoice(
    int Index,
    string FinishReason,
    string NativeFinishReason,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] object? Logprobs,
    ChatAnswer Message);

public sealed record ChatAnswer(
    string Role,
    string Content,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Refusal,
    IReadOnlyList<ChatImage> Images);

public sealed record ChatImage(string Type, int Index, ChatImageUrl ImageUrl);

/// <param name="Cost">Credits charged.</param>
public sealed record ChatUsage(int PromptTokens, int CompletionTokens, int TotalTokens, long Cost, bool IsByok);
