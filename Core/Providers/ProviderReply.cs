using System.Collections.Immutable;

namespace TryOn.Core.Providers;

/// <summary>The result of a call to an upstream.</summary>
public abstract record ProviderReply
{
    private ProviderReply()
    {
    }

    /// <summary>
    /// Set once per attempt, in the reply that ends it: a failed attempt may have been billed as well.
    /// </summary>
    public ProviderCost? Cost { get; init; }

    /// <summary>The task was accepted or is still running.</summary>
    /// <param name="PollAfter">The delay before the next poll.</param>
    public sealed record Waiting(string UpstreamId, TimeSpan PollAfter) : ProviderReply;

    /// <summary>Done; the pictures are at these addresses, which expire and are never shown to callers.</summary>
    public sealed record Ready(ImmutableArray<string> Addresses) : ProviderReply;

    /// <summary>Done; the reply itself contained the pictures.</summary>
    public sealed record Delivered(ImmutableArray<byte[]> Pictures) : ProviderReply;

    /// <summary>
    /// This call failed: a submit was refused, or a poll or look-up got no answer. A waiting task keeps waiting.
    /// </summary>
    public sealed record Faulted(ProviderFault Fault) : ProviderReply;

    /// <summary>
    /// The upstream reported that the task itself ended without a picture (Kling <c>task_status: failed</c>).
    /// </summary>
    public sealed record Ended(ProviderFault Fault) : ProviderReply;

    /// <summary>Answer to a look-up of a lost submit: the upstream has no such task.</summary>
    /// <param name="AskAgainAfter">How long the upstream's records may lag behind; null if they do not.</param>
    public sealed record Absent(TimeSpan? AskAgainAfter = null) : ProviderReply;

    /// <summary>Answer to a look-up of a lost submit: this upstream offers no way to find out.</summary>
    public sealed record CannotTell : ProviderReply;

    public static ProviderReply FaultOf(FaultKind kind, string code, TimeSpan? retryAfter = null) =>
        new Faulted(new ProviderFault(kind, code, retryAfter));

    public static ProviderReply NotConfigured(string provider) =>
        FaultOf(FaultKind.Operator, $"{provider}:not_configured");

    public static ProviderReply EndOf(FaultKind kind, string code) => new Ended(new ProviderFault(kind, code));
}
