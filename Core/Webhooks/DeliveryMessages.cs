namespace TryOn.Core.Webhooks;

public abstract record DeliveryCommand
{
    private DeliveryCommand()
    {
    }

    public sealed record Start(string Id, DeliverySpec Spec) : DeliveryCommand;

    /// <param name="Send">The number of the send this answers; answers to older sends are ignored.</param>
    public sealed record Answered(int Send, DeliveryTry Try) : DeliveryCommand;

    public sealed record Redeliver : DeliveryCommand;

    public sealed record Tick : DeliveryCommand;
}

public abstract record DeliveryEvent
{
    private DeliveryEvent()
    {
    }

    public sealed record Started(string Id, DeliverySpec Spec, DateTimeOffset At) : DeliveryEvent;

    public sealed record Tried(DeliveryTry Try, DeliveryStatus Status, DateTimeOffset? NextAt) : DeliveryEvent;

    public sealed record BegunAgain(DateTimeOffset At) : DeliveryEvent;

    /// <summary>The next send has begun.</summary>
    public sealed record Asked : DeliveryEvent;
}

public abstract record DeliveryEffect
{
    private DeliveryEffect()
    {
    }

    /// <summary>Answered by <see cref="DeliveryCommand.Answered"/>, whatever happens.</summary>
    public sealed record Send(int Number) : DeliveryEffect;
}
