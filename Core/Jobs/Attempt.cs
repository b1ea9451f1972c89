using TryOn.Core.Providers;

namespace TryOn.Core.Jobs;

/// <summary>One paid call to an upstream. Its id is committed before the call is sent.</summary>
/// <param name="Sends">How often the call was sent; more than once only if the upstream said that it never
/// arrived.</param>
/// <param name="Unclear">True once the answer was lost: the upstream must be asked whether it has the attempt before
/// anything else is done.</param>
/// <param name="Fallback">The route: its index among the job's fallbacks, null for the first choice.</param>
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
    /// <summary>The silo that makes the call. Null in a record from before silos were recorded.</summary>
    public string? Node { get; init; }
}

/// <summary>A failed attempt, recorded for the operator.</summary>
public sealed record FailedAttempt(
    int Number, string Id, FaultKind Kind, string Code, DateTimeOffset At, int Sends = 1, int? Fallback = null);
