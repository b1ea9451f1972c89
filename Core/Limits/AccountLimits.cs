namespace TryOn.Core.Limits;

/// <summary>
/// What one account may ask for. Defaults are those the TryItOn interface documents: 20 try-on requests and 300 status
/// or credit requests in any 60 seconds, 6 jobs at once.
/// </summary>
public sealed record AccountLimits(int RequestsPerMinute = 20, int StatusRequestsPerMinute = 300, int Concurrency = 6)
{
    public static AccountLimits Default { get; } = new();

    public bool IsValid() => RequestsPerMinute > 0 && StatusRequestsPerMinute > 0 && Concurrency > 0;
}
