using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using TryOn.Core.Errors;
using TryOn.Core.Webhooks;
using TryOn.Engine;
using TryOn.Engine.Webhooks;
using TryOn.Grains.Interfaces;

namespace TryOn.Grains.Webhooks;

/// <summary>
/// A delivery as a grain. A reminder revives it while its message is under way. It is not kept in memory during the hours
/// that may lie between two tries.
/// </summary>
[GrainType("delivery")]
public sealed class DeliveryGrain(
    [PersistentState(DeliveryGrain.Record, ClusterStorage.Records)] IPersistentState<DeliveryState> record,
    DeliverySender sender, TimeProvider clock, ILogger<DeliveryActivation> logger)
    : MachineGrain<DeliveryState, DeliveryActivation>(Record, record, clock, logger), IDeliveryGrain
{
    private const string Record = "delivery";

    protected override bool RestsWhileWaiting => true;

    public Task<Result<DeliveryState>> Ask(DeliveryCommand command) => Activation.Ask(command);

    public Task<Result<DeliveryState>> Read() => Activation.Read();

    protected override DeliveryActivation Create(IActivationHost<DeliveryState> host) => new(host, sender, logger);

    protected override bool NeedsReminder(DeliveryState state) => state.Status == DeliveryStatus.Pending;
}
