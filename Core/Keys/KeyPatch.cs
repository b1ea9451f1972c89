namespace TryOn.Core.Keys;

/// <summary>
/// Changes to a key; null leaves a field unchanged. Changing the limit keeps the spend counted so far.
/// </summary>
public sealed record KeyPatch(
    string? Name = null,
    bool? Disabled = null,
    Setting<long?>? Limit = null,
    LimitReset? Reset = null,
    Setting<DateTimeOffset?>? ExpiresAt = null,
    KeyScopes? Scopes = null)
{
    public AccountKey Apply(AccountKey key) => key with
    {
        Name = Name ?? key.Name,
        Disabled = Disabled ?? key.Disabled,
        Limit = Limit is null ? key.Limit : Limit.Value,
        Reset = Reset ?? key.Reset,
        ExpiresAt = ExpiresAt is null ? key.ExpiresAt : ExpiresAt.Value,
        Scopes = Scopes ?? key.Scopes,
    };
}

/// <summary>A new value, which may be null. A null setting means no change.</summary>
public sealed record Setting<T>(T Value);
