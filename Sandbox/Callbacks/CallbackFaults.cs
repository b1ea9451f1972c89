using System.Security.Cryptography;
using TryOn.Sandbox.Faults;

namespace TryOn.Sandbox.Callbacks;

/// <summary>Applies a fault to a task's callbacks.</summary>
public static class CallbackFaults
{
    public static IReadOnlyList<PlannedCallback> Apply(Fault? fault, IReadOnlyList<PlannedCallback> callbacks) =>
        fault?.Action switch
    {
        FaultAction.DropBefore => [],
        FaultAction.Delay =>
            [.. callbacks.Select(callback => callback with { At = callback.At.AddMilliseconds(fault.DelayMs!.Value) })],
        FaultAction.Duplicate => [.. callbacks.SelectMany(callback => new[] { callback, callback })],
        FaultAction.Reorder => [.. callbacks.Reverse().Select(callback => callback with { At = callbacks[^1].At })],
        FaultAction.Forge => [.. callbacks.Select(Forged)],
        _ => callbacks,
    };

    /// <summary>A callback as forged by someone who knows neither the whole address nor the signing key.</summary>
    private static PlannedCallback Forged(PlannedCallback callback) => callback with
    {
        Address = callback.Address[..(callback.Address.LastIndexOf('/') + 1)] + RandomNumberGenerator.GetHexString(
            24, lowercase: true),
        Signature = callback.Signature?.Forged(),
    };
}
