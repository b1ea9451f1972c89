using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using TryOn.Core.Errors;
using TryOn.Core.Webhooks;
using TryOn.Engine.Activations;
using TryOn.Engine.Webhooks;
using TryOn.Grains.Interfaces;
using TryOn.Grains.Machines;
using TryOn.Grains.Storage;

namespace TryOn.Grains.Webhooks;

/// <summary>
/// A delivery as a grain. A reminder revives it until the message is delivered or given up. The grain is not kept in
/// memory during the hours that may lie between two sends.
/// </summary>
[GrainType("delivery")]
public sealed class DeliveryGrain(
    [PersistentState(DeliveryGrain.Record, ClusterStorage.Records)] IPersistentState<DeliveryState> record,
    DeliverySender sender, TimeProvider clock, ILogger<DeliveryActivation> logger)
    : MachineGrain<DeliveryState, DeliveryActivation>(Record, record, clock, logger), IDeliveryGrain
{
    private const string Record = "delivery";

    protected override bool DeactivatesWhileWaiting => true;

    public Task<Result<DeliveryState>> Ask(DeliveryCommand command) => Activation.Ask(command);

    public Task<Result<DeliveryState>> Read() => Activation.Read();

    protected override DeliveryActivation Create(IActivationHost<DeliveryState> host) => new(host, sender, logger);

    protected override bool NeedsReminder(DeliveryState state) => state.Status == DeliveryStatus.Pending;
}
