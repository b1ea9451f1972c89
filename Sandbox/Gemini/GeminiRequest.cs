using TryOn.Sandbox.Pictures;

namespace TryOn.Sandbox.Gemini;

/// <summary>The parts of a valid request that the sandbox uses. Of the prompt, only the length is kept.</summary>
public sealed record GeminiRequest(
    GeminiModel Model, IReadOnlyList<SentPicture> Pictures, int TextLength, bool WantsText, bool WantsImage);
