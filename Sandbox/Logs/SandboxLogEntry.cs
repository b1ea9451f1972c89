using TryOn.Sandbox.Wire;

namespace TryOn.Sandbox.Logs;

public enum Outcome
{
    Accepted,
    Refused,
    DroppedBefore,
    DroppedAfter,
}

/// <summary>
/// One submit, or one callback of its task, as seen by the upstream. <c>accepted</c> and <c>dropped_after</c> are what
/// a real upstream may charge for; for a callback they say how it was answered. An entry contains hashes and ids, never
/// picture bytes, keys or prompts.
/// </summary>
public sealed record SandboxLogEntry(
    DateTimeOffset At,
    Provider Provider,
    Operation Operation,
    Outcome Outcome,
    string? ExternalId,
    string? TaskId,
    string? BodySha256,
    string? HumanSha256,
    bool Answered,
    string? MaskSha256 = null,
    string? Model = null);
