using TryOn.Core.Errors;
using TryOn.Core.Webhooks;
using TryOn.Embedded.Storage;
using TryOn.Engine.Webhooks;

namespace TryOn.Embedded.Turns;

/// <summary>Carries calls onto a delivery's turn.</summary>
internal sealed class DeliveryProxy(Slots<DeliveryActivation> slots, GrainKey key) : IDelivery
{
    public Task<Result<DeliveryState>> Start(DeliveryCommand.Start command) => slots.Run(key, d => d.Start(command));

    public Task<Result<DeliveryState>> Read() => slots.Run(key, d => d.Read());

    public Task<Result<DeliveryState>> Redeliver() => slots.Run(key, d => d.Redeliver());
}
