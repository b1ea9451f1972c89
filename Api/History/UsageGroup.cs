using TryOn.Core.Accounts;

namespace TryOn.Api.History;

/// <summary>What usage is grouped by: the values of <c>group_by</c>.</summary>
[Flags]
public enum UsageGroups
{
    None = 0,
    Day = 1,
    Model = 2,
    Key = 4,
    User = 8,
}

/// <summary>The key of one row of usage; null for whatever is not grouped by.</summary>
/// <param name="Day">UTC.</param>
public sealed record UsageGroup(DateOnly? Day, string? Model, string? Key, string? User)
{
    /// <summary>Stands for the model or key of an entry that is older than the recording of purchases.</summary>
    public const string Unknown = "unknown";

    /// <summary>
    /// The group of the same request once it is captured: it then counts for the model that answered.
    /// </summary>
    public UsageGroup AnsweredBy(StatementEntry capture) =>
        Model is null ? this : this with { Model = capture.For?.Model ?? Unknown };

    public static UsageGroup FromEntry(StatementEntry reserve, UsageGroups by) => new(
        by.HasFlag(UsageGroups.Day) ? DateOnly.FromDateTime(reserve.At.UtcDateTime) : null,
        by.HasFlag(UsageGroups.Model) ? reserve.For?.Model ?? Unknown : null,
        by.HasFlag(UsageGroups.Key) ? reserve.For?.KeyId ?? Unknown : null,
        by.HasFlag(UsageGroups.User) ? reserve.For?.EndUser ?? "" : null);
}
