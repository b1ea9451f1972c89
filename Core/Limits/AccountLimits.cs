namespace TryOn.Core.Limits;

/// <summary>
/// What one account may ask for. Defaults are those the TryItOn interface documents: 20 try-on requests, 300 status and
/// 300 credit requests in any 60 seconds, 6 jobs at once.
/// </summary>
/// <param name="StatusRequestsPerMinute">Of status requests, as many of credit requests, and as many cancels besides.</param>
public sealed record AccountLimits(int RequestsPerMinute = 20, int StatusRequestsPerMinute = 300, int Concurrency = 6)
{
    public static AccountLimits Default { get; } = new();

    public bool IsValid() => RequestsPerMinute > 0 && StatusRequestsPerMinute > 0 && Concurrency > 0;
}
