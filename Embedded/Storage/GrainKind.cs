namespace TryOn.Embedded.Storage;

/// <summary>Stored as a number: never renumbered.</summary>
public enum GrainKind
{
    None = 0,
    Account = 1,
    Job = 2,
    Delivery = 3,
}

public readonly record struct GrainKey(GrainKind Kind, string Id);

/// <param name="Version">Counts writes from 1; the next write must name it.</param>
public sealed record StoredGrain(long Version, byte[] State);
