namespace TryOn.Simulation.Tests.Bugs;

/// <summary>
/// Mistakes one could make in the machines or in a host, put in on purpose. Each must be caught by a rule: what no rule
/// can tell from the right behaviour would not be a bug.
/// </summary>
internal enum Bug
{
    /// <summary>The machines that can have a mistake, without one: they must pass.</summary>
    None = 0,

    // The host and its disk.
    NoCompareAndSwap,
    ReplyBeforeCommit,
    FailedWriteIgnored,
    ConflictOverwritten,
    EffectsBeforeCommit,
    RemindersNotRegistered,

    // The front end.
    KeyIgnored,
    OtherRequestsAnswer,
    OnlyFirstChoiceReserved,

    // The job.
    IntentNotCommitted,
    PendingLost,
    TicksLost,
    NothingUnfinished,
    SucceededBeforeStored,
    CapturedBeforeStored,
    FailedStoreTakenForStored,
    SettlementSwapped,
    SettlementForgotten,
    SettledWithoutAnswer,
    VerdictSwapped,
    RunningJudgedReleased,
    OldJobJudgedReleased,
    SettledJudgedCaptured,
    GivenUpAtOnce,
    NeverGivenUp,
    TombstoneStarts,
    SentAgainWithoutAskingTwice,
    SentAgainUnderNewId,
    SentAgainWhileInFlight,
    SentAgainWithoutEnd,
    UnknownTakenForRefused,
    OldAttemptsAnswerTaken,
    DeadlineEndsEndedJob,
    PlaceNeverFreed,
    PlaceKeptByTheDropped,
    WebhookForgotten,
    VersionStands,

    // The account.
    ReserveNotRecognised,
    ResolutionForgotten,
    CaptureKeepsReservation,
    CaptureTakesAll,
    CaptureAndReleaseSwapped,
    ReleaseKeepsCredits,
    GrantNotRecognised,
    SequenceReused,
    ConcurrencyNotCounted,
    BalanceNotChecked,
    ReservationExpires,
    JobsNeverDriven,
    PageDroppedUnstored,
    PageDroppedTwice,
    AbsenceNotWritten,
}
