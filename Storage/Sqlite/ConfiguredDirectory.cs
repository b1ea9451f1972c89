namespace TryOn.Storage.Sqlite;

/// <summary>A data directory that a provider's configuration section names.</summary>
/// <param name="Key">The full configuration key, as <c>Orleans:Reminders:DataDirectory</c>.</param>
internal sealed record ConfiguredDirectory(string Key, string Path);
