namespace TryOn.Core.Limits;

/// <summary>The state of a rate window.</summary>
/// <param name="Limit">Requests allowed in any 60 seconds.</param>
/// <param name="Remaining">Further requests that would be admitted now.</param>
/// <param name="Reset">Time until the whole limit is available again, if no further request arrives.</param>
public sealed record RateFigures(int Limit, int Remaining, TimeSpan Reset);
