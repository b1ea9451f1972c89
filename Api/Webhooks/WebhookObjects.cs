using TryOn.Core.Accounts;
using TryOn.Core.Webhooks;

namespace TryOn.Api.Webhooks;

/// <summary>An account's webhook settings.</summary>
/// <param name="Url">Address for jobs that name none themselves; null to send nothing.</param>
/// <param name="Secret">Secret that messages are signed with, for receivers to verify them.</param>
/// <param name="OldSecretUntil">Unix seconds until which messages are also signed with the previous secret; null if
/// there is none.</param>
public sealed record WebhookObject(string? Url, string Secret, long? OldSecretUntil)
{
    public static WebhookObject FromAccount(AccountView account, WebhookSecrets secrets, DateTimeOffset now) => new(
        account.Webhooks.Url, secrets.Text(account.Id, account.Webhooks.Generation),
        account.Webhooks.RotatedAt is { } at && !account.Webhooks.Rotates(now)
            ? (at + AccountWebhooks.Grace).ToUnixTimeSeconds()
            : null);
}

/// <param name="Url">Null to send nothing.</param>
public sealed record WebhookSetting(string? Url);

/// <summary>State of the delivery of one job's webhook.</summary>
/// <param name="Id">The value of the header webhook-id, the same for every attempt.</param>
/// <param name="Status">pending | delivered | given_up.</param>
/// <param name="NextAt">Unix seconds of the next attempt; null if there is none or it is in progress.</param>
public sealed record DeliveryObject(
    string Id, string Url, string Status, long CreatedAt, long? NextAt, int Sends,
    IReadOnlyList<DeliveryTryObject> Tries)
{
    public static DeliveryObject FromState(DeliveryState state) => new(
        $"msg_{state.Id}", state.Spec!.Url,
        state.Status switch
        {
            DeliveryStatus.Pending => "pending",
            DeliveryStatus.Delivered => "delivered",
            _ => "given_up",
        },
        state.CreatedAt.ToUnixTimeSeconds(), state.NextAt?.ToUnixTimeSeconds(), state.Sends,
        [.. state.Tries.Select(
            each => new DeliveryTryObject(each.At.ToUnixTimeSeconds(), each.HttpStatus, each.Failure))]);
}

/// <param name="Status">HTTP status from the receiver; null if there was no answer, for the reason given in
/// failure.</param>
public sealed record DeliveryTryObject(long At, int? Status, string? Failure);
