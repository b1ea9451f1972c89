using TryOn.Core.Keys;
using TryOn.Core.Limits;

namespace TryOn.Api.Keys;

public sealed record CurrentKey(CurrentKeyObject Data);

/// <summary>The key that made the request, with OpenRouter's fields and the key's scopes.</summary>
public sealed record CurrentKeyObject(
    string Label,
    long? Limit,
    long? LimitRemaining,
    string? LimitReset,
    long Usage,
    long UsageDaily,
    long UsageWeekly,
    long UsageMonthly,
    long ByokUsage,
    long ByokUsageDaily,
    long ByokUsageWeekly,
    long ByokUsageMonthly,
    bool IncludeByokInLimit,
    bool IsFreeTier,
    bool IsManagementKey,
    bool IsProvisioningKey,
    string? CreatorUserId,
    string? OrganizationId,
    string WorkspaceId,
    IReadOnlyList<string> AllowedDataRegions,
    FreeRequests FreeModelDailyRequests,
    KeyRate RateLimit,
    DateTimeOffset? ExpiresAt,
    IReadOnlyList<string> Scopes)
{
    public static CurrentKeyObject FromKey(AccountKey key, AccountLimits limits, DateTimeOffset now)
    {
        var shown = KeyObject.FromKey(key, now);
        var manages = key.Scopes.HasFlag(KeyScopes.Keys);
        return new CurrentKeyObject(
            shown.Label, shown.Limit, shown.LimitRemaining, shown.LimitReset, shown.Usage, shown.UsageDaily,
            shown.UsageWeekly, shown.UsageMonthly, ByokUsage: 0, ByokUsageDaily: 0, ByokUsageWeekly: 0,
            ByokUsageMonthly: 0, IncludeByokInLimit: false, IsFreeTier: false, manages, manages, CreatorUserId: null,
            OrganizationId: null, Workspace.Default, AllowedDataRegions: [], new FreeRequests(0, 0, 0),
            new KeyRate(
                "60s", "Try-on requests in any 60 seconds, of all keys of the account.", limits.RequestsPerMinute),
            shown.ExpiresAt, shown.Scopes);
    }
}

public sealed record FreeRequests(int Limit, int Remaining, int Used);

public sealed record KeyRate(string Interval, string Note, int Requests);
