namespace TryOn.Core.Providers;

/// <summary>The meaning of an upstream's failure. Determines retries, settlement and the caller's error.</summary>
public enum FaultKind
{
    None = 0,

    /// <summary>The caller's picture or parameter is invalid. Never retried.</summary>
    Caller = 1,

    /// <summary>
    /// Refused by the upstream's content policy, for an input or the output. Not retried on the same route.
    /// </summary>
    Moderation = 2,

    /// <summary>A rate or concurrency limit: the call certainly did not start, and may be retried later.</summary>
    Throttled = 3,

    /// <summary>The upstream is failing, and the call is known not to have started work.</summary>
    Outage = 4,

    /// <summary>
    /// The gateway's key, balance, allow list or model id is wrong. A retry does not help; the operator must act.
    /// </summary>
    Operator = 5,

    /// <summary>The request was sent and the answer was lost: the call may have run and may be billed.</summary>
    OutcomeUnknown = 6,

    /// <summary>The model answered without a picture. Retried once.</summary>
    NoPicture = 7,

    /// <summary>The upstream no longer knows the task it accepted.</summary>
    TaskLost = 8,

    /// <summary>
    /// The upstream accepted the task and then failed it, through no fault of the caller. The task has run and may be
    /// billed. Retried once.
    /// </summary>
    TaskFailed = 9,
}
