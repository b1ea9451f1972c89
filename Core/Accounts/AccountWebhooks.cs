namespace TryOn.Core.Accounts;

/// <summary>Where and how an account is notified when its jobs end.</summary>
/// <param name="Url">The URL for jobs that name none themselves; null for no webhook.</param>
/// <param name="Generation">Number of the current signing secret, counted from 1. Each secret is derived from its
/// number.</param>
/// <param name="RotatedAt">When the current secret was created; null for the first.</param>
public sealed record AccountWebhooks(string? Url = null, int Generation = 1, DateTimeOffset? RotatedAt = null)
{
    public static AccountWebhooks None { get; } = new();

    /// <summary>How long after a rotation messages are signed with the old secret as well.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromHours(24);

    /// <summary>The generations to sign with, newest first.</summary>
    public IReadOnlyList<int> Signing(DateTimeOffset now) =>
        RotatedAt is { } at && now - at < Grace ? [Generation, Generation - 1] : [Generation];

    /// <summary>
    /// At most one rotation per grace period: a second one would retire the secret that receivers still verify with.
    /// </summary>
    public bool Rotates(DateTimeOffset now) => RotatedAt is null || now - RotatedAt >= Grace;
}
