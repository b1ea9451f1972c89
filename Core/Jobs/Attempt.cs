using TryOn.Core.Providers;

namespace TryOn.Core.Jobs;

/// <summary>One paid call to an upstream. Its id is committed before the call goes out.</summary>
/// <param name="Sends">How often it was sent: again only when the upstream says that it never arrived.</param>
/// <param name="Unclear">True once its answer was lost: the upstream must be asked before anything else is done.</param>
/// <param name="Fallback">The route it is made on: its place among the job's fallbacks, null for the first choice.</param>
/// <param name="Absences">How often in a row the upstream said that it does not know the attempt.</param>
public sealed record Attempt(
    int Number,
    string Id,
    DateTimeOffset StartedAt,
    int Sends = 1,
    bool Unclear = false,
    int Absences = 0,
    string? UpstreamId = null,
    int? Fallback = null)
{
    /// <summary>Who makes the call, as silos know each other. Null in a record from before silos were named.</summary>
    public string? Node { get; init; }
}

/// <summary>An attempt that came to nothing, for the operator.</summary>
public sealed record FailedAttempt(
    int Number, string Id, FaultKind Kind, string Code, DateTimeOffset At, int Sends = 1, int? Fallback = null);
