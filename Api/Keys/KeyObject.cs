using TryOn.Core.Keys;

namespace TryOn.Api.Keys;

public sealed record KeyList(IReadOnlyList<KeyObject> Data);

public sealed record KeyShown(KeyObject Data);

/// <param name="Key">The secret, which is shown only here.</param>
public sealed record KeyCreated(KeyObject Data, string Key);

public sealed record KeyDeleted(bool Deleted);

/// <summary>
/// A key with the fields that OpenRouter's clients require, some of which have no meaning here, followed by the
/// gateway's own. Usage counts reserved and captured credits, so <c>limit_remaining</c> is what would be accepted now.
/// </summary>
public sealed record KeyObject(
    string Hash,
    string Label,
    string Name,
    bool Disabled,
    long? Limit,
    long? LimitRemaining,
    string? LimitReset,
    bool IncludeByokInLimit,
    long Usage,
    long UsageDaily,
    long UsageWeekly,
    long UsageMonthly,
    long ByokUsage,
    long ByokUsageDaily,
    long ByokUsageWeekly,
    long ByokUsageMonthly,
    DateTimeOffset CreatedAt,
    DateTimeOffset? UpdatedAt,
    DateTimeOffset? ExpiresAt,
    string? CreatorUserId,
    string? ExternalUser,
    string WorkspaceId,
    IReadOnlyList<string> Scopes,
    DateTimeOffset? LastUsedAt,
    string? ReplacedBy)
{
    public static KeyObject FromKey(AccountKey key, DateTimeOffset now)
    {
        var day = KeySpend.DayOf(now);
        return new KeyObject(
            key.Hash, key.Label, key.Name, key.Disabled, key.Limit, key.Remaining(day), ResetName(key.Reset),
            IncludeByokInLimit: false, key.Spend.InPeriod(Core.Keys.LimitReset.None, day),
            key.Spend.InPeriod(Core.Keys.LimitReset.Daily, day),
            key.Spend.InPeriod(Core.Keys.LimitReset.Weekly, day),
            key.Spend.InPeriod(Core.Keys.LimitReset.Monthly, day), ByokUsage: 0, ByokUsageDaily: 0,
            ByokUsageWeekly: 0, ByokUsageMonthly: 0, key.CreatedAt, UpdatedAt: null, key.ExpiresAt, CreatorUserId: null,
            ExternalUser: null, Workspace.Default, Core.Keys.Scopes.NamesOf(key.Scopes), key.UsedAt, key.ReplacedBy);
    }

    public static string? ResetName(LimitReset reset) =>
        reset == Core.Keys.LimitReset.None ? null : reset.ToString().ToLowerInvariant();
}
