using System.Security.Cryptography;
using TryOn.Sandbox.Faults;

namespace TryOn.Sandbox.Callbacks;

/// <summary>What a fault makes of a task's callbacks.</summary>
public static class CallbackFaults
{
    public static IReadOnlyList<CallbackOrder> Applied(Fault? fault, IReadOnlyList<CallbackOrder> orders) => fault?.Action switch
    {
        FaultAction.DropBefore => [],
        FaultAction.Delay => [.. orders.Select(order => order with { At = order.At.AddMilliseconds(fault.DelayMs!.Value) })],
        FaultAction.Duplicate => [.. orders.SelectMany(order => new[] { order, order })],
        FaultAction.Reorder => [.. orders.Reverse().Select(order => order with { At = orders[^1].At })],
        FaultAction.Forge => [.. orders.Select(Forged)],
        _ => orders,
    };

    /// <summary>By somebody who has neither the whole address nor the key.</summary>
    private static CallbackOrder Forged(CallbackOrder order) => order with
    {
        Address = order.Address[..(order.Address.LastIndexOf('/') + 1)] + RandomNumberGenerator.GetHexString(24, lowercase: true),
        Signature = order.Signature?.Forged(),
    };
}
