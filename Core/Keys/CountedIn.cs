namespace TryOn.Core.Keys;

/// <summary>
/// The key and day that a reservation was counted against, so that a release is subtracted from the same ones.
/// </summary>
/// <param name="KeyId">The key whose limit applied; updated when that key is rotated.</param>
public sealed record CountedIn(string KeyId, int Day);
