namespace TryOn.Core.Accounts;

/// <summary>
/// While an account is frozen, nothing new is reserved. Running jobs are settled, and everything can be read.
/// </summary>
public sealed record Freeze(DateTimeOffset At, string Reason);
