using TryOn.Sandbox.Callbacks;
using TryOn.Sandbox.Wire;

namespace TryOn.Sandbox.Exchanges;

/// <summary>
/// An upstream's decision about a submit. A real upstream would start to charge when it is made. The answer is built
/// only after the latency has passed, and not at all if the client has disconnected.
/// </summary>
public sealed record SubmitDecision(bool Accepted, Func<Answer> Answer)
{
    public TimeSpan Latency { get; init; }

    public string? ExternalId { get; init; }

    public string? TaskId { get; init; }

    public string? HumanSha256 { get; init; }

    public string? MaskSha256 { get; init; }

    /// <summary>The upstream's name of the requested model.</summary>
    public string? Model { get; init; }

    /// <summary>Callbacks to send as the task changes, in order.</summary>
    public IReadOnlyList<PlannedCallback> Callbacks { get; init; } = [];

    public static SubmitDecision Refused(Answer answer) => new(Accepted: false, () => answer);
}
