using TryOn.Sandbox.Wire;

namespace TryOn.Sandbox.Callbacks;

/// <summary>A callback that a client requested with its submit.</summary>
/// <param name="At">When the task changes and the callback is due.</param>
/// <param name="Body">Makes the body, when the callback is due.</param>
public sealed record PlannedCallback(string Address, DateTimeOffset At, Func<ReadOnlyMemory<byte>> Body)
{
    /// <summary>Null for an upstream that does not sign.</summary>
    public ICallbackSignature? Signature { get; init; }
}
