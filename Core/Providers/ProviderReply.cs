using System.Collections.Immutable;

namespace TryOn.Core.Providers;

/// <summary>What a call to an upstream came to.</summary>
public abstract record ProviderReply
{
    private ProviderReply()
    {
    }

    /// <summary>Set once an attempt, with the answer that ends it: a failed one may have been charged for as well.</summary>
    public ProviderCost? Cost { get; init; }

    /// <summary>Accepted, or still at it.</summary>
    /// <param name="PollAfter">When to ask next.</param>
    public sealed record Waiting(string UpstreamId, TimeSpan PollAfter) : ProviderReply;

    /// <summary>Done; the pictures lie at these addresses, which expire and are shown to nobody.</summary>
    public sealed record Ready(ImmutableArray<string> Addresses) : ProviderReply;

    /// <summary>Done; the answer itself held the pictures.</summary>
    public sealed record Delivered(ImmutableArray<byte[]> Pictures) : ProviderReply;

    /// <summary>This call failed: a submit was refused, a poll or a look-up got no answer. A task that waits still waits.</summary>
    public sealed record Faulted(ProviderFault Fault) : ProviderReply;

    /// <summary>The upstream answered that the task itself is over, without a picture (Kling <c>task_status: failed</c>).</summary>
    public sealed record Ended(ProviderFault Fault) : ProviderReply;

    /// <summary>Asked for a submit whose answer was lost: the upstream has no such task.</summary>
    /// <param name="AskAgainAfter">How long the upstream's own books may lag behind; null when they do not.</param>
    public sealed record Absent(TimeSpan? AskAgainAfter = null) : ProviderReply;

    /// <summary>Asked for a submit whose answer was lost: this upstream offers no way to find out.</summary>
    public sealed record CannotTell : ProviderReply;

    public static ProviderReply FaultOf(FaultKind kind, string code, TimeSpan? retryAfter = null) =>
        new Faulted(new ProviderFault(kind, code, retryAfter));

    public static ProviderReply NotConfigured(string provider) =>
        FaultOf(FaultKind.Operator, $"{provider}:not_configured");

    public static ProviderReply EndOf(FaultKind kind, string code) => new Ended(new ProviderFault(kind, code));
}
