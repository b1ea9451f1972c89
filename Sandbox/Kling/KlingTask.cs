using TryOn.Sandbox.Pictures;

namespace TryOn.Sandbox.Kling;

/// <summary>
/// One task, whose status is a function of time: submitted for a tenth of its latency, then processing, then ended for
/// good.
/// </summary>
public sealed record KlingTask(string TaskId, string? ExternalTaskId, DateTimeOffset CreatedAt, TimeSpan Latency)
{
    private const int SubmittedShare = 10;

    /// <summary>Reason with which the task is to fail; null if it is to succeed.</summary>
    public string? Failure { get; init; }

    public required FittingKey Fitting { get; init; }

    /// <summary>
    /// The last segment of the result's address; random, so that it cannot be derived from the task's id.
    /// </summary>
    public required string ResultName { get; init; }

    public DateTimeOffset StartsAt => CreatedAt + (Latency / SubmittedShare);

    public DateTimeOffset EndsAt => CreatedAt + Latency;

    public KlingStatus StatusAt(DateTimeOffset now)
    {
        if (now < StartsAt)
            return KlingStatus.Submitted;
        if (now < EndsAt)
            return KlingStatus.Processing;
        return Failure is null ? KlingStatus.Succeed : KlingStatus.Failed;
    }

    public bool RunsAt(DateTimeOffset now) => now < EndsAt;

    public KlingTaskData ToData(DateTimeOffset now, string resultBase)
    {
        var status = StatusAt(now);
        var ended = !RunsAt(now);
        return new KlingTaskData(
            TaskId, status, ended ? Failure ?? string.Empty : null, new KlingTaskInfo(ExternalTaskId),
            status == KlingStatus.Succeed ? new KlingTaskResult([new KlingImage(0, resultBase + ResultName)]) : null,
            ended ? Deduction : null, CreatedAt.ToUnixTimeMilliseconds(), UpdatedAt(status).ToUnixTimeMilliseconds());
    }

    // Kling does not publish whether failed tasks are charged; the sandbox does not charge for them.
    private string Deduction => Failure is null ? "1" : "0";

    private DateTimeOffset UpdatedAt(KlingStatus status) => status switch
    {
        KlingStatus.Submitted => CreatedAt,
        KlingStatus.Processing => StartsAt,
        _ => EndsAt,
    };
}
