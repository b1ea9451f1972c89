using TryOn.Core.Keys;

namespace TryOn.Core.Accounts;

/// <summary>Changes to a key; null leaves a field as it is. Spend is counted without regard to the limit, so it stays.</summary>
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

/// <summary>A value to be set, which may be none; where there is no setting, nothing changes.</summary>
public sealed record Setting<T>(T Value);
