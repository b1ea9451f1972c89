using System.Collections.Immutable;
using TryOn.Core.Pictures;
using TryOn.Core.Providers;

namespace TryOn.Core.Jobs;

/// <summary>What a job is asked to do, or told of what it asked for.</summary>
public abstract record JobCommand
{
    private protected JobCommand()
    {
    }

    /// <summary>Begin. The account has reserved for this id.</summary>
    public sealed record Start(string Id, JobSpec Spec) : JobCommand<JobView>;

    /// <param name="Node">Who will make the call.</param>
    public sealed record GateEntered(string? Node = null) : JobCommand<JobView>;

    /// <summary>An upstream's answer to a submit or a poll of one attempt. A stale attempt's is ignored.</summary>
    public sealed record Replied(int Attempt, ProviderReply Reply) : JobCommand<JobView>;

    /// <summary>
    /// An upstream's answer to the question whether it has an attempt. Its failures say nothing about the attempt, where
    /// those of a submit may say that it never began.
    /// </summary>
    public sealed record Found(int Attempt, ProviderReply Reply) : JobCommand<JobView>;

    /// <summary>
    /// Whoever made the call lives, and may still hear its answer: asking the upstream now may pay for a second call beside one
    /// that is well.
    /// </summary>
    public sealed record StillOut(int Attempt, DateTimeOffset Until) : JobCommand<JobView>;

    /// <summary>Somebody says that there is news of an attempt. It is believed in nothing but that asking may be worth it.</summary>
    public sealed record Hinted(int Attempt) : JobCommand<JobView>;

    /// <summary>The pictures are stored and were read back whole.</summary>
    /// <param name="Cost">Of pictures that came with the answer; for others it was told with their addresses.</param>
    public sealed record Stored(int Attempt, ImmutableArray<Output> Outputs, ProviderCost? Cost = null) : JobCommand<JobView>;

    /// <summary>Fetching or storing failed for now; the upstream still has the picture.</summary>
    public sealed record StoreFailed(int Attempt) : JobCommand<JobView>;

    /// <summary>The owner wants no picture any more.</summary>
    public sealed record Cancel : JobCommand<JobView>;

    /// <param name="Stopped">False where the upstream cannot stop an attempt, or did not say that it has.</param>
    public sealed record CancelAnswered(int Attempt, bool Stopped) : JobCommand<JobView>;

    /// <param name="Held">False when the delivery of the job's webhook could not be written down.</param>
    public sealed record Noticed(bool Held) : JobCommand<JobView>;

    /// <summary>An account asks how the job of its reservation stands.</summary>
    public sealed record Judge(string Id, DateTimeOffset ReservedAt) : JobCommand<Verdict>;

    /// <param name="Settlement">None when the account could not be reached.</param>
    public sealed record AccountAnswered(Settlement Settlement) : JobCommand<JobView>;

    public sealed record Tick : JobCommand<JobView>;
}

/// <typeparam name="TReply">What the job answers once the command is accepted and committed.</typeparam>
public abstract record JobCommand<TReply> : JobCommand
    where TReply : class
{
    private protected JobCommand()
    {
    }
}
