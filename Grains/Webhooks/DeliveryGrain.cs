using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Runtime;
using TryOn.Core.Errors;
using TryOn.Core.Webhooks;
using TryOn.Engine.Webhooks;
using TryOn.Grains.Interfaces;

namespace TryOn.Grains.Webhooks;

/// <summary>A delivery as a grain. A reminder revives it for as long as its message is under way.</summary>
[Reentrant]
[GrainType("delivery")]
public sealed class DeliveryGrain : Grain, IDeliveryGrain, IRemindable
{
    private const string Record = "delivery";

    private readonly GrainHost<DeliveryState> _host;
    private readonly DeliveryActivation _delivery;

    public DeliveryGrain(
        [PersistentState(Record, ClusterStorage.Records)] IPersistentState<DeliveryState> record, DeliverySender sender,
        TimeProvider clock, ILogger<DeliveryActivation> logger)
    {
        _host = new GrainHost<DeliveryState>(
            this, Record, record, DelayDeactivation, delivery => delivery.Status == DeliveryStatus.Pending, () => _delivery!.OnDue(),
            clock, logger);
        _delivery = new DeliveryActivation(_host, sender, logger);
    }

    public override Task OnActivateAsync(CancellationToken cancellationToken) => _delivery.TakeUp();

    public Task<Result<DeliveryState>> Start(DeliveryCommand.Start command) => _delivery.Start(command);

    public Task<Result<DeliveryState>> Read() => _delivery.Read();

    public Task<Result<DeliveryState>> Redeliver() => _delivery.Redeliver();

    /// <summary>Being called is what counts: activation has taken the delivery up.</summary>
    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        await _delivery.OnDue();
        if (_delivery.Idle)
            await _host.Remind(wanted: false);
    }
}
