namespace TryOn.Core.Errors;

/// <summary>
/// A write failed, so it is unknown whether the command took effect. Repeating it with the same operation id or
/// idempotency key is safe and shows the outcome.
/// </summary>
public sealed class CommitFailedException(Exception? cause)
    : Exception("The outcome is unknown: the record could not be written.", cause);
