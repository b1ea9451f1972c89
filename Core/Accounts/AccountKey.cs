namespace TryOn.Core.Accounts;

/// <summary>An API key as its account knows it: the secret itself is shown once and never stored.</summary>
/// <param name="Hash">Keyed hash of the whole key, hex; also the key's public id.</param>
/// <param name="Label">Prefix and last four characters, for people to tell keys apart.</param>
public sealed record AccountKey(string Hash, string Label, string Name, DateTimeOffset CreatedAt, bool Disabled = false);
