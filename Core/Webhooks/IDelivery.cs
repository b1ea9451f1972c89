using TryOn.Core.Errors;

namespace TryOn.Core.Webhooks;

/// <summary>The delivery of one job's webhook, wherever it lives.</summary>
public interface IDelivery
{
    /// <summary>Decides a command and commits what it changes. Every command is answered with the delivery.</summary>
    Task<Result<DeliveryState>> Ask(DeliveryCommand command);

    /// <summary>The committed delivery; <see cref="ErrorCode.NotFound"/> when there is none.</summary>
    Task<Result<DeliveryState>> Read();
}
