using TryOn.Sandbox.Pictures;

namespace TryOn.Sandbox.Gemini;

/// <summary>What the sandbox needs of a valid request; a prompt is only counted.</summary>
public sealed record GeminiRequest(
    GeminiModel Model, IReadOnlyList<SentPicture> Pictures, int TextLength, bool WantsText, bool WantsImage);
