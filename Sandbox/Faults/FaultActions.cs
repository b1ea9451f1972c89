using TryOn.Sandbox.Exchanges;

namespace TryOn.Sandbox.Faults;

/// <summary>What a fault does to an exchange: replace it, delay its answer, or change the answer.</summary>
public static class FaultActions
{
    private static readonly byte[] Garbage = [.. "{\"code\":0,\"data\":{\"task_"u8, 0x00, 0xC3, 0x28, 0xFF];

    public static Answer? Instead(Fault? fault) => fault?.Action switch
    {
        FaultAction.DropBefore => Answer.Aborted,
        FaultAction.Status => new Answer(fault.Status!.Value, fault.Content, "application/json; charset=utf-8")
        {
            Headers = fault.Headers ?? [],
        },
        _ => null,
    };

    // As it was ordered: Speed is about the upstream's own latency.
    public static TimeSpan Delay(Fault? fault) =>
        fault?.Action == FaultAction.Delay ? TimeSpan.FromMilliseconds(fault.DelayMs!.Value) : TimeSpan.Zero;

    public static Answer Applied(Fault? fault, Answer answer) => fault?.Action switch
    {
        FaultAction.DropAfter => Answer.Aborted,
        FaultAction.Garbage => answer with { Status = StatusCodes.Status200OK, Body = Garbage },
        FaultAction.SlowBytes => answer with { Pace = TimeSpan.FromMilliseconds(fault.DelayMs!.Value) },
        FaultAction.Huge => answer with { Blanks = fault.Bytes!.Value },
        FaultAction.Truncate => answer with { Truncated = true },
        FaultAction.WrongType => answer with { ContentType = "text/html; charset=utf-8" },
        _ => answer,
    };
}
