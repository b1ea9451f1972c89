using TryOn.Sandbox.Exchanges;

namespace TryOn.Sandbox.Witness;

public enum Outcome
{
    Accepted,
    Refused,
    DroppedBefore,
    DroppedAfter,
}

/// <summary>
/// One submit, or one callback of its task, seen from the upstream's side. <c>accepted</c> and <c>dropped_after</c> are what
/// a real upstream may charge for; of a callback they say how it was answered. It holds hashes and ids, never picture bytes,
/// keys or prompts.
/// </summary>
public sealed record WitnessEntry(
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
