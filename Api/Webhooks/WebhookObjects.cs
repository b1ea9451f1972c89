using TryOn.Core.Accounts;
using TryOn.Core.Webhooks;

namespace TryOn.Api.Webhooks;

/// <summary>An account's webhooks.</summary>
/// <param name="Url">For jobs that name no address themselves; null for nowhere.</param>
/// <param name="Secret">What messages are signed with, for receivers to check.</param>
/// <param name="OldSecretUntil">Unix seconds until which they are signed with the secret before as well; null where there is none.</param>
public sealed record WebhookObject(string? Url, string Secret, long? OldSecretUntil)
{
    public static WebhookObject Of(AccountView account, WebhookSecrets secrets, DateTimeOffset now) => new(
        account.Webhooks.Url, secrets.Text(account.Id, account.Webhooks.Generation),
        account.Webhooks.RotatedAt is { } at && !account.Webhooks.Rotates(now)
            ? (at + AccountWebhooks.Grace).ToUnixTimeSeconds()
            : null);
}

/// <param name="Url">null for nowhere.</param>
public sealed record WebhookSetting(string? Url);

/// <summary>How the delivery of one job's webhook stands.</summary>
/// <param name="Id">As in the header webhook-id: the same in every try.</param>
/// <param name="Status">pending | delivered | given_up.</param>
/// <param name="NextAt">Unix seconds of the next try; null when there is none, or it is under way.</param>
public sealed record DeliveryObject(
    string Id, string Url, string Status, long CreatedAt, long? NextAt, int Sends, IReadOnlyList<DeliveryTryObject> Tries)
{
    public static DeliveryObject Of(DeliveryState state) => new(
        $"msg_{state.Id}", state.Spec!.Url,
        state.Status switch
        {
            DeliveryStatus.Pending => "pending",
            DeliveryStatus.Delivered => "delivered",
            _ => "given_up",
        },
        state.CreatedAt.ToUnixTimeSeconds(), state.NextAt?.ToUnixTimeSeconds(), state.Sends,
        [.. state.Tries.Select(each => new DeliveryTryObject(each.At.ToUnixTimeSeconds(), each.HttpStatus, each.Failure))]);
}

/// <param name="Status">The receiver's; null when there was no answer, for the reason in failure.</param>
public sealed record DeliveryTryObject(long At, int? Status, string? Failure);
