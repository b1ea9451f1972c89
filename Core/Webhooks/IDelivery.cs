using TryOn.Core.Errors;

namespace TryOn.Core.Webhooks;

/// <summary>The delivery of one job's webhook, wherever it lives.</summary>
public interface IDelivery
{
    /// <summary>Begins it, once.</summary>
    Task<Result<DeliveryState>> Start(DeliveryCommand.Start command);

    /// <summary>The committed delivery; <see cref="ErrorCode.NotFound"/> when there is none.</summary>
    Task<Result<DeliveryState>> Read();

    /// <summary>Sends it now, and from the start of its schedule if it was over.</summary>
    Task<Result<DeliveryState>> Redeliver();
}
