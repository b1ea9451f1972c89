namespace TryOn.Sandbox.Callbacks;

/// <summary>One callback that a client asked for with its submit.</summary>
/// <param name="At">When the task changes, and the callback is due.</param>
/// <param name="Body">Made when it is due, since it holds what there is then.</param>
public sealed record CallbackOrder(string Address, DateTimeOffset At, Func<ReadOnlyMemory<byte>> Body)
{
    /// <summary>What it is signed with, as Standard Webhooks has it; null for an upstream that signs otherwise or not.</summary>
    public string? Secret { get; init; }
}
