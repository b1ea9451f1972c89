namespace TryOn.Core.Providers;

/// <summary>What an upstream's failure means for us. Decides retry, money and what the caller is told.</summary>
public enum FaultKind
{
    None = 0,

    /// <summary>The caller's picture or parameter. Never retried.</summary>
    Caller = 1,

    /// <summary>The upstream's content policy, on the input or on the output. Never retried, never laundered.</summary>
    Moderation = 2,

    /// <summary>A rate or concurrency limit: refused for certain, welcome later.</summary>
    Throttled = 3,

    /// <summary>The upstream is failing, and the call is known not to have started work.</summary>
    Outage = 4,

    /// <summary>Our key, balance, allow-list or model id. No retry helps; a person must.</summary>
    Operator = 5,

    /// <summary>The request went out and the answer was lost: it may have run, and may be billed.</summary>
    OutcomeUnknown = 6,

    /// <summary>The model answered without a picture. Worth one more try.</summary>
    NoPicture = 7,

    /// <summary>The upstream no longer knows the task it accepted.</summary>
    TaskLost = 8,

    /// <summary>
    /// The upstream took the task and then gave it up, for no reason of the caller's. It has run, and may be billed: worth
    /// one more try.
    /// </summary>
    TaskFailed = 9,
}
