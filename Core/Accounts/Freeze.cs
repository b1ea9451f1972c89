namespace TryOn.Core.Accounts;

/// <summary>While an account is frozen nothing new is reserved. What runs is settled, and everything can be read.</summary>
public sealed record Freeze(DateTimeOffset At, string Reason);
