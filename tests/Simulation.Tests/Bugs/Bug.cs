namespace TryOn.Simulation.Tests.Bugs;

/// <summary>
/// Bugs seeded into the machines or the host. A rule must catch each of them: what no rule can tell from correct
/// behaviour would not be a bug.
/// </summary>
internal enum Bug
{
    /// <summary>No bug. The flawed machines without a bug must pass.</summary>
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
