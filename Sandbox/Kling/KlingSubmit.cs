using TryOn.Sandbox.Pictures;

namespace TryOn.Sandbox.Kling;

/// <summary>A submit that passed every check that does not involve other tasks.</summary>
public sealed record KlingSubmit(
    SentPicture Human, SentPicture Cloth, string? ExternalTaskId, string Model, string? CallbackUrl);
