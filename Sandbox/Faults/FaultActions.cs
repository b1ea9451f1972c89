using TryOn.Sandbox.Wire;

namespace TryOn.Sandbox.Faults;

/// <summary>Applies a fault to an exchange: it replaces or delays the answer, or changes it.</summary>
public static class FaultActions
{
    private static readonly byte[] Garbage = [.. "{\"code\":0,\"data\":{\"task_"u8, 0x00, 0xC3, 0x28, 0xFF];

    public static Answer? Replacement(Fault? fault) => fault?.Action switch
    {
        FaultAction.DropBefore => Answer.Aborted,
        FaultAction.Status => new Answer(fault.Status!.Value, fault.Content, "application/json; charset=utf-8")
        {
            Headers = fault.Headers ?? [],
        },
        _ => null,
    };

    // Not scaled: Speed applies to the upstream's own latency only.
    public static TimeSpan Delay(Fault? fault) =>
        fault?.Action == FaultAction.Delay ? TimeSpan.FromMilliseconds(fault.DelayMs!.Value) : TimeSpan.Zero;

    public static Answer Apply(Fault? fault, Answer answer) => fault?.Action switch
    {
        FaultAction.DropAfter => Answer.Aborted,
        FaultAction.Garbage => answer with { Status = StatusCodes.Status200OK, Body = Garbage },
        FaultAction.SlowBytes => answer with { ChunkDelay = TimeSpan.FromMilliseconds(fault.DelayMs!.Value) },
        FaultAction.Huge => answer with { PaddingBytes = fault.Bytes!.Value },
        FaultAction.Truncate => answer with { Truncated = true },
        FaultAction.Cut => answer with
        {
            Body = answer.Body[..Math.Min(fault.Bytes!.Value, Math.Max(0, answer.Body.Length - 1))],
        },
        FaultAction.WrongType => answer with { ContentType = "text/html; charset=utf-8" },
        _ => answer,
    };
}
