using System.Text.Json;

namespace TryOn.Api.Chat;

/// <summary>What this route reads of an OpenAI or OpenRouter chat request. Everything else is ignored politely.</summary>
public sealed record ChatRequest(string? Model, bool? Stream, string? User, IReadOnlyList<ChatMessage?>? Messages);

/// <param name="Content">Text, or a list of parts.</param>
public sealed record ChatMessage(string? Role, JsonElement Content);

public sealed record ChatPart(string? Type, string? Text, ChatImageUrl? ImageUrl, string? TryonRole);

public sealed record ChatImageUrl(string? Url);
