using TryOn.Core.Errors;

namespace TryOn.Core.Webhooks;

/// <summary>The delivery of one job's webhook, in this process or another.</summary>
public interface IDelivery
{
    /// <summary>Decides a command and commits its changes. Every command returns the delivery.</summary>
    Task<Result<DeliveryState>> Ask(DeliveryCommand command);

    /// <summary>The committed delivery; <see cref="ErrorCode.NotFound"/> if there is none.</summary>
    Task<Result<DeliveryState>> Read();
}
