namespace TryOn.Core.Errors;

/// <summary>
/// A write failed, so nobody knows whether what was asked for has happened. Asking again with the same operation id or
/// idempotency key is safe and tells.
/// </summary>
public sealed class CommitFailedException(Exception? cause)
    : Exception("The outcome is unknown: the record could not be written.", cause);
