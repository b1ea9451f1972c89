namespace TryOn.Core.Accounts;

/// <summary>
/// Recognizes a client's retry of a request that is still running. HTTP clients resend a request when a connection
/// breaks, often without an idempotency key or a retry header: the same bytes under the same API key are taken for the
/// same request while the first one is running.
/// </summary>
public static class RetryDetection
{
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    /// <summary>The open reservation of the request that this one repeats; null if there is none.</summary>
    public static Reservation? FindRunning(AccountState state, AccountCommand.Reserve reserve, DateTimeOffset now) =>
        reserve.Body is null || reserve.Apart
            ? null
            : state.Reservations.Values.FirstOrDefault(open =>
                // A different amount means a different route plan from another configuration, whose job could cost more
                // than the open reservation holds.
                open.Body == reserve.Body && open.Fingerprint == reserve.Fingerprint && open.Amount == reserve.Amount
                && open.For?.KeyId == reserve.For?.KeyId && now - open.At < Window);
}
