namespace TryOn.Core.Limits;

/// <summary>How a rate window stands.</summary>
/// <param name="Limit">Requests in any 60 seconds.</param>
/// <param name="Remaining">How many more would pass at once.</param>
/// <param name="Reset">Until the whole limit would pass again, should nothing else come.</param>
public sealed record RateFigures(int Limit, int Remaining, TimeSpan Reset);
