using TryOn.Core.Machines;
using TryOn.Core.Tests.Machines;
using TryOn.Core.Webhooks;
using DeliveryScenario = TryOn.Core.Tests.Machines.Scenario<
    TryOn.Core.Webhooks.DeliveryMachine, TryOn.Core.Webhooks.DeliveryState, TryOn.Core.Webhooks.DeliveryCommand,
    TryOn.Core.Webhooks.DeliveryEvent, TryOn.Core.Webhooks.DeliveryEffect>;

namespace TryOn.Core.Tests.Webhooks;

public sealed class DeliveryMachineTests
{
    private static readonly DeliverySpec Spec = new("account", "https://shop.example/", "https://here.example");

    private static readonly DeliveryState Sending = DeliveryMachine.Evolve(
        new DeliveryState(), new DeliveryEvent.Started("job", Spec, At(0)));

    [Fact]
    public void Start_OfADelivery_SendsOnceAtOnce()
    {
        var scenario = Given(new DeliveryState()).When(new DeliveryCommand.Start("job", Spec), At(0))
            .Asks(new DeliveryEffect.Send(1));
        scenario.When(new DeliveryCommand.Start("job", Spec), At(1)).ChangesNothing();
    }

    [Theory]
    [InlineData(200, DeliveryStatus.Delivered)]
    [InlineData(204, DeliveryStatus.Delivered)]
    [InlineData(301, DeliveryStatus.Pending)]
    [InlineData(400, DeliveryStatus.Pending)]
    [InlineData(410, DeliveryStatus.GivenUp)]
    [InlineData(500, DeliveryStatus.Pending)]
    [InlineData(null, DeliveryStatus.Pending)]
    public void Answer_OfAnyStatus_DecidesTheDelivery(int? status, DeliveryStatus expected)
    {
        var state = Given(Sending).When(Answer(1, status, 1), At(1)).State;
        Assert.Equal((expected, expected == DeliveryStatus.Pending), (state.Status, state.NextAt == At(5)));
    }

    [Fact]
    public void Receiver_DownForAnHour_GetsItAtTheNextTime()
    {
        var state = Fail(Sending, sends: 4);
        Assert.Equal(At(2 * 3600), state.NextAt);
        state = Given(state).When(DeliveryMachine.Tick, At(2 * 3600)).Asks(new DeliveryEffect.Send(5)).State;
        Assert.Equal(DeliveryStatus.Delivered, Given(state).When(Answer(5, 200, 7200), At(7201)).State.Status);
    }

    [Fact]
    public void Receiver_DownForADay_IsGivenUp()
    {
        var state = Fail(Sending, DeliveryMachine.Schedule.Length);
        Assert.Equal((DeliveryStatus.GivenUp, 10), (state.Status, state.Sends));
        Assert.False(DeliveryMachine.Unfinished(state));
        Assert.Null(DeliveryMachine.Due(state));
    }

    [Fact]
    public void Redeliver_AfterTheEnd_BeginsTheScheduleAgain()
    {
        var over = Fail(Sending, DeliveryMachine.Schedule.Length);
        var again = Given(over).When(new DeliveryCommand.Redeliver(), At(100_000))
            .Asks(new DeliveryEffect.Send(11)).State;
        Assert.Equal(At(100_005), Given(again).When(Answer(11, 500, 100_000), At(100_001)).State.NextAt);
    }

    [Fact]
    public void Redeliver_WhileItIsSent_ChangesNothing() =>
        Given(Sending).When(new DeliveryCommand.Redeliver(), At(1)).ChangesNothing();

    [Fact]
    public void Answer_OfAnOlderSend_ChangesNothing()
    {
        var state = Given(Fail(Sending, 1)).When(new DeliveryCommand.Redeliver(), At(3)).State;
        Given(state).When(Answer(1, 200, 3), At(3)).ChangesNothing();
    }

    [Fact]
    public void Send_CutOffByACrash_IsMadeAgain() =>
        Assert.Equal(new DeliveryEffect.Send(1), Assert.Single(DeliveryMachine.Pending(Sending)));

    /// <summary>
    /// Whenever crashes and ticks happen, a delivery is sent until it is accepted, and never after that.
    /// </summary>
    [Fact]
    public void Delivery_WhateverHappens_IsMadeOrGivenUp() => Properties.Hold(
        script =>
        {
            var (state, committed, now) = (Sending, Sending, At(0));
            for (var steps = 0; steps < 500 && DeliveryMachine.Unfinished(state); steps++)
            {
                var pending = DeliveryMachine.Pending(state);
                if (pending.IsEmpty)
                    now = DeliveryMachine.Due(state) ?? throw new InvalidOperationException($"Stuck: {state}");
                var command = pending.IsEmpty
                    ? DeliveryMachine.Tick
                    : Answer(state.Sends + 1, script.Pick<int?>(500, null, 200), 0);
                var decided = Assert.IsType<Decision<DeliveryEvent, DeliveryEffect>.Accepted>(
                    DeliveryMachine.Decide(state, command, now));
                state = decided.Events.Aggregate(state, DeliveryMachine.Evolve);
                committed = decided.Events.Any(DeliveryMachine.Durable) ? state : committed;
                if (script.Chance(20))
                    state = committed;
            }

            Assert.False(DeliveryMachine.Unfinished(state));
        },
        tests: 300, choicesMax: 60);

    private static DeliveryState Fail(DeliveryState state, int sends)
    {
        for (var send = 1; send <= sends; send++)
        {
            var at = DeliveryMachine.Due(state) ?? At(0);
            if (send > 1)
                state = Given(state).When(DeliveryMachine.Tick, at).State;
            state = Given(state).When(new DeliveryCommand.Answered(send, new DeliveryTry(at, 503, null)), at).State;
        }

        return state;
    }

    private static DeliveryCommand Answer(int send, int? status, double at) =>
        new DeliveryCommand.Answered(send, new DeliveryTry(At(at), status, status is null ? "unreachable" : null));

    private static DeliveryScenario Given(DeliveryState state) => new(state);

    private static DateTimeOffset At(double second) =>
        new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero).AddSeconds(second);
}
