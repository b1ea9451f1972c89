using System.Text.Json;
using TryOn.Core.Accounts;
using TryOn.Core.Errors;
using TryOn.Core.Keys;

namespace TryOn.Api.Accounts;

/// <summary>
/// What a caller wants of a key, new or old. A field that is missing leaves things as they are; one that is null takes the
/// limit, its reset or the expiry away, which is why those are read as they stand in the JSON.
/// </summary>
public sealed record KeyBody(
    string? Name = null,
    bool? Disabled = null,
    JsonElement Limit = default,
    JsonElement LimitReset = default,
    JsonElement ExpiresAt = default,
    string?[]? Scopes = null)
{
    public static KeyBody Empty { get; } = new();

    public Result<KeyPatch> ToPatch()
    {
        var limit = default(long);
        if (Limit.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null)
            && (Limit.ValueKind != JsonValueKind.Number || !Limit.TryGetInt64(out limit)))
            return Wrong("limit is a whole number of credits, or null.", "limit");
        var reset = Reset(LimitReset);
        if (LimitReset.ValueKind != JsonValueKind.Undefined && reset is null)
            return Wrong("limit_reset is daily, weekly, monthly or null.", "limit_reset");
        var expires = default(DateTimeOffset);
        if (ExpiresAt.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null)
            && (ExpiresAt.ValueKind != JsonValueKind.String || !ExpiresAt.TryGetDateTimeOffset(out expires)))
            return Wrong("expires_at is a time such as 2027-01-31T12:00:00Z, or null.", "expires_at");
        var scopes = Scopes is null ? null : Core.Keys.Scopes.Parse(Scopes);
        if (Scopes is not null && scopes is null)
        {
            var known = string.Join(", ", Core.Keys.Scopes.Name(Core.Keys.Scopes.All));
            return Wrong($"scopes are some of {known}.", "scopes");
        }

        return new KeyPatch(
            Name, Disabled, Set(Limit, (long?)limit), reset, Set(ExpiresAt, (DateTimeOffset?)expires), scopes);
    }

    private static Setting<T?>? Set<T>(JsonElement field, T? value)
        where T : struct => field.ValueKind switch
        {
            JsonValueKind.Undefined => null,
            JsonValueKind.Null => new Setting<T?>(null),
            _ => new Setting<T?>(value),
        };

    private static LimitReset? Reset(JsonElement field) => field.ValueKind switch
    {
        JsonValueKind.Null => Core.Accounts.LimitReset.None,
        JsonValueKind.String => field.GetString() switch
        {
            "daily" => Core.Accounts.LimitReset.Daily,
            "weekly" => Core.Accounts.LimitReset.Weekly,
            "monthly" => Core.Accounts.LimitReset.Monthly,
            _ => null,
        },
        _ => null,
    };

    private static Error Wrong(string message, string param) => new(ErrorCode.InvalidRequest, message, param);
}

/// <param name="GraceSeconds">How long the replaced key goes on working; 24 hours unless said otherwise.</param>
public sealed record RotationBody(int? GraceSeconds);
