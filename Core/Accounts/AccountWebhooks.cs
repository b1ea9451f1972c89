namespace TryOn.Core.Accounts;

/// <summary>How an account is told of the ends of its jobs.</summary>
/// <param name="Url">For jobs that name no address themselves; null for nowhere.</param>
/// <param name="Generation">Counts the secrets that messages were signed with. A secret follows from its number.</param>
/// <param name="RotatedAt">When the newest was made; null for the first.</param>
public sealed record AccountWebhooks(string? Url = null, int Generation = 1, DateTimeOffset? RotatedAt = null)
{
    public static AccountWebhooks None { get; } = new();

    /// <summary>How long messages are signed with the old secret as well.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromHours(24);

    /// <summary>The newest first.</summary>
    public IReadOnlyList<int> Signing(DateTimeOffset now) =>
        RotatedAt is { } at && now - at < Grace ? [Generation, Generation - 1] : [Generation];

    /// <summary>One rotation a grace: a second one would cut off the secret that receivers still check with.</summary>
    public bool Rotates(DateTimeOffset now) => RotatedAt is null || now - RotatedAt >= Grace;
}
