namespace TryOn.Embedded.Storage;

/// <summary>Somebody else wrote the record first. Within one process that is a bug, and the record stays as it was.</summary>
public sealed class WriteConflictException(GrainKey key, long version)
    : IOException($"The {key.Kind} record was not at version {version}.");
