namespace TryOn.Core.Limits;

/// <summary>
/// The limits of one account. The defaults are those that the TryItOn API documents: 20 try-on requests, 300 status and
/// 300 credit requests in any 60 seconds, and 6 concurrent jobs.
/// </summary>
/// <param name="StatusRequestsPerMinute">The limit of status requests; the same number applies separately to credit
/// requests and to cancels.</param>
public sealed record AccountLimits(int RequestsPerMinute = 20, int StatusRequestsPerMinute = 300, int Concurrency = 6)
{
    public static AccountLimits Default { get; } = new();

    public bool IsValid() => RequestsPerMinute > 0 && StatusRequestsPerMinute > 0 && Concurrency > 0;
}
