using System.Collections.Immutable;

namespace TryOn.Core.Jobs;

/// <summary>
/// What a job asks of the world. Each is answered by exactly one command, whatever happens. An effect names its route,
/// because the job may have moved on to another by the time it is performed.
/// </summary>
public abstract record JobEffect
{
    private JobEffect()
    {
    }

    /// <summary>Get in line at the upstream's gate; answered by <see cref="JobCommand.GateEntered"/>.</summary>
    public sealed record EnterGate(int? Fallback = null) : JobEffect;

    /// <summary>Count at the gate a job that the upstream already has. Not answered.</summary>
    public sealed record HoldGate(int? Fallback = null) : JobEffect;

    /// <summary>Leave the line or free the place. Not answered.</summary>
    public sealed record LeaveGate(int? Fallback = null) : JobEffect;

    /// <summary>The paid call; answered by <see cref="JobCommand.Replied"/> or <see cref="JobCommand.Stored"/>.</summary>
    public sealed record Submit(Attempt Attempt) : JobEffect;

    /// <summary>Ask the upstream whether it has an attempt; answered by <see cref="JobCommand.Found"/>.</summary>
    public sealed record Find(Attempt Attempt) : JobEffect;

    public sealed record Poll(Attempt Attempt) : JobEffect;

    /// <summary>Ask the upstream to stop an attempt; answered by <see cref="JobCommand.CancelAnswered"/>.</summary>
    public sealed record CancelUpstream(Attempt Attempt) : JobEffect;

    /// <summary>Write down that the job's end is to be delivered; answered by <see cref="JobCommand.Noticed"/>.</summary>
    public sealed record Notice(JobWebhook Webhook) : JobEffect;

    public sealed record Store(Attempt Attempt, ImmutableArray<string> Addresses) : JobEffect;

    /// <summary>Tell the account to capture or release; answered by <see cref="JobCommand.AccountAnswered"/>.</summary>
    /// <param name="Credits">What to capture, where it is less than all that was reserved; null for all.</param>
    /// <param name="Model">The model that answered, where it is not the one that was asked for.</param>
    public sealed record Settle(Settlement Settlement, long? Credits = null, string? Model = null) : JobEffect;

    /// <summary>Input photographs go as soon as the job has ended. Not answered; the sweep catches what is missed.</summary>
    public sealed record DeleteInputs : JobEffect;
}
