namespace TryOn.Core.Accounts;

/// <summary>
/// Tells a client's own retry from a new request. Clients send a request again when a connection breaks, without an
/// idempotency key and often without a mark: while the first is still running, the same bytes under the same API key
/// are that request.
/// </summary>
public static class Repeats
{
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    /// <summary>The open reservation that this one would repeat.</summary>
    public static Reservation? Running(AccountState state, AccountCommand.Reserve reserve, DateTimeOffset now) =>
        reserve.Body is null || reserve.Apart
            ? null
            : state.Reservations.Values.FirstOrDefault(open =>
                // Another amount is another plan of routes, by another configuration: its job could cost more than is held.
                open.Body == reserve.Body && open.Fingerprint == reserve.Fingerprint && open.Amount == reserve.Amount
                && open.For?.KeyId == reserve.For?.KeyId && now - open.At < Window);
}
