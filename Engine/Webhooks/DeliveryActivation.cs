using Microsoft.Extensions.Logging;
using TryOn.Core.Errors;
using TryOn.Core.Webhooks;
using TryOn.Engine.Activations;

namespace TryOn.Engine.Webhooks;

/// <summary>Runs a delivery.</summary>
public sealed class DeliveryActivation(
    IActivationHost<DeliveryState> host, DeliverySender sender, ILogger logger)
    : Activation<DeliveryMachine, DeliveryState, DeliveryCommand, DeliveryEvent, DeliveryEffect>(host, logger),
    IDelivery
{
    public Task<Result<DeliveryState>> Ask(DeliveryCommand command) => Execute<DeliveryState>(command);

    public Task<Result<DeliveryState>> Read() => Task.FromResult<Result<DeliveryState>>(
        Committed.Status == DeliveryStatus.None
            ? new Error(ErrorCode.NotFound, "This job has no webhook.")
            : Committed);

    protected override async Task Perform(DeliveryEffect effect)
    {
        if (effect is DeliveryEffect.Send send && State.Spec is { } spec)
            await Execute<object>(new DeliveryCommand.Answered(send.Number, await sender.Send(State.Id, spec)));
    }
}
