using TryOn.Sandbox.Callbacks;

namespace TryOn.Sandbox.Exchanges;

/// <summary>
/// What an upstream decided about a submit: the moment of it is when a real one would start to charge. The answer is
/// built only after the latency has passed, and not at all for a client that has left.
/// </summary>
public sealed record Verdict(bool Accepted, Func<Answer> Answer)
{
    public TimeSpan Latency { get; init; }

    public string? ExternalId { get; init; }

    public string? TaskId { get; init; }

    public string? HumanSha256 { get; init; }

    public string? MaskSha256 { get; init; }

    /// <summary>The upstream's name of the model that was asked for.</summary>
    public string? Model { get; init; }

    /// <summary>What the client is told when the task changes, in order.</summary>
    public IReadOnlyList<CallbackOrder> Callbacks { get; init; } = [];

    public static Verdict Refused(Answer answer) => new(Accepted: false, () => answer);
}
