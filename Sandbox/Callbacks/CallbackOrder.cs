namespace TryOn.Sandbox.Callbacks;

/// <summary>One callback that a client asked for with its submit.</summary>
/// <param name="At">When the task changes, and the callback is due.</param>
/// <param name="Body">Made when it is due, since it holds what there is then.</param>
public sealed record CallbackOrder(string Address, DateTimeOffset At, Func<ReadOnlyMemory<byte>> Body)
{
    /// <summary>Null for an upstream that does not sign.</summary>
    public ICallbackSignature? Signature { get; init; }
}
