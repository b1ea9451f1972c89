using System.Collections.Immutable;

namespace TryOn.Core.Jobs;

/// <summary>
/// A side effect that a job requests. Each is answered by exactly one command, whatever happens, unless stated
/// otherwise. An effect names its route, because the job may have moved on to another route by the time the effect
/// runs.
/// </summary>
public abstract record JobEffect
{
    private JobEffect()
    {
    }

    /// <summary>Enters the queue at the upstream's gate; answered by <see cref="JobCommand.GateEntered"/>.</summary>
    public sealed record EnterGate(int? Fallback = null) : JobEffect;

    /// <summary>Counts a job at the gate that the upstream already has. Not answered.</summary>
    public sealed record HoldGate(int? Fallback = null) : JobEffect;

    /// <summary>Leaves the gate's queue or releases the job's permit. Not answered.</summary>
    public sealed record LeaveGate(int? Fallback = null) : JobEffect;

    /// <summary>
    /// Makes the paid call; answered by <see cref="JobCommand.Replied"/> or <see cref="JobCommand.Stored"/>.
    /// </summary>
    public sealed record Submit(Attempt Attempt) : JobEffect;

    /// <summary>Asks the upstream whether it has an attempt; answered by <see cref="JobCommand.Found"/>.</summary>
    public sealed record Find(Attempt Attempt) : JobEffect;

    public sealed record Poll(Attempt Attempt) : JobEffect;

    /// <summary>Asks the upstream to stop an attempt; answered by <see cref="JobCommand.CancelAnswered"/>.</summary>
    public sealed record CancelUpstream(Attempt Attempt) : JobEffect;

    /// <summary>Stores the delivery of the job's webhook; answered by <see cref="JobCommand.Noticed"/>.</summary>
    public sealed record Notice(JobWebhook Webhook) : JobEffect;

    public sealed record Store(Attempt Attempt, ImmutableArray<string> Addresses) : JobEffect;

    /// <summary>
    /// Tells the account to capture or release; answered by <see cref="JobCommand.AccountAnswered"/>.
    /// </summary>
    /// <param name="Credits">Credits to capture; null for the whole reservation.</param>
    /// <param name="Model">The model that answered, if it is not the requested one.</param>
    public sealed record Settle(Settlement Settlement, long? Credits = null, string? Model = null) : JobEffect;

    /// <summary>
    /// Deletes the input pictures once the job has ended. Not answered; the picture sweep deletes what this misses.
    /// </summary>
    public sealed record DeleteInputs : JobEffect;
}
