using System.Collections.Immutable;
using TryOn.Core.Pictures;
using TryOn.Core.Providers;

namespace TryOn.Core.Jobs;

/// <summary>A command to a job: a request, or the result of one of its effects.</summary>
public abstract record JobCommand
{
    private protected JobCommand()
    {
    }

    /// <summary>Starts the job. The account has already reserved credits for this id.</summary>
    public sealed record Start(string Id, JobSpec Spec) : JobCommand<JobView>;

    /// <param name="Node">The silo that will make the call.</param>
    public sealed record GateEntered(string? Node = null) : JobCommand<JobView>;

    /// <summary>
    /// An upstream's answer to a submit or a poll of an attempt. Ignored if the attempt is no longer the current one.
    /// </summary>
    public sealed record Replied(int Attempt, ProviderReply Reply) : JobCommand<JobView>;

    /// <summary>
    /// An upstream's answer to the question whether it has an attempt. If the question fails, that says nothing about
    /// the attempt; a failed submit may say that it never began.
    /// </summary>
    public sealed record Found(int Attempt, ProviderReply Reply) : JobCommand<JobView>;

    /// <summary>
    /// The silo that made the call is alive and may still receive the answer. Asking the upstream now could lead to a
    /// second paid call beside a healthy one.
    /// </summary>
    public sealed record SubmitRunning(int Attempt, DateTimeOffset Until) : JobCommand<JobView>;

    /// <summary>
    /// Someone reported news of an attempt. The report is not trusted; it only makes the job ask the upstream sooner.
    /// </summary>
    public sealed record Hinted(int Attempt) : JobCommand<JobView>;

    /// <summary>The pictures were stored and read back unchanged.</summary>
    /// <param name="Cost">The cost of pictures that were part of the answer; otherwise it was reported with their
    /// addresses.</param>
    public sealed record Stored(int Attempt, ImmutableArray<Output> Outputs, ProviderCost? Cost = null)
        : JobCommand<JobView>;

    /// <summary>Fetching or storing failed for now; the upstream still has the pictures.</summary>
    public sealed record StoreFailed(int Attempt) : JobCommand<JobView>;

    /// <summary>The owner no longer wants a picture.</summary>
    public sealed record Cancel : JobCommand<JobView>;

    /// <param name="Stopped">False if the upstream cannot stop an attempt, or did not confirm that it has.</param>
    public sealed record CancelAnswered(int Attempt, bool Stopped) : JobCommand<JobView>;

    /// <param name="Held">False if the delivery of the job's webhook could not be stored.</param>
    public sealed record Noticed(bool Held) : JobCommand<JobView>;

    /// <summary>An account asks whether its reservation should be captured or released.</summary>
    public sealed record GetSettlement(string Id, DateTimeOffset ReservedAt) : JobCommand<SettlementDue>;

    /// <param name="Settlement">None if the account could not be reached.</param>
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
