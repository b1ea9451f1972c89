using System.Text.Json;
using TryOn.Core.Errors;
using TryOn.Core.Keys;

namespace TryOn.Api.Keys;

/// <summary>
/// Settings for a new or existing key. A missing field leaves its setting unchanged; null removes the limit, its reset
/// or the expiry. To tell the two apart, these fields are kept as JSON elements.
/// </summary>
public sealed record KeyBody
{
    public string? Name { get; init; }

    public bool? Disabled { get; init; }

    /// <summary>Whole credits in each period.</summary>
    public JsonElement Limit { get; init; }

    /// <summary>daily, weekly or monthly.</summary>
    public JsonElement LimitReset { get; init; }

    public JsonElement ExpiresAt { get; init; }

    public IReadOnlyList<string?>? Scopes { get; init; }

    public static KeyBody Empty { get; } = new();

    public Result<KeyPatch> ToPatch()
    {
        var limit = default(long);
        if (Limit.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null)
            && (Limit.ValueKind != JsonValueKind.Number || !Limit.TryGetInt64(out limit)))
            return Invalid("limit is a whole number of credits, or null.", "limit");
        var reset = Reset(LimitReset);
        if (LimitReset.ValueKind != JsonValueKind.Undefined && reset is null)
            return Invalid("limit_reset is daily, weekly, monthly or null.", "limit_reset");
        var expires = default(DateTimeOffset);
        if (ExpiresAt.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null)
            && (ExpiresAt.ValueKind != JsonValueKind.String || !ExpiresAt.TryGetDateTimeOffset(out expires)))
            return Invalid("expires_at is a time such as 2027-01-31T12:00:00Z, or null.", "expires_at");
        var scopes = Scopes is null ? null : Core.Keys.Scopes.Parse(Scopes);
        if (Scopes is not null && scopes is null)
        {
            var known = string.Join(", ", Core.Keys.Scopes.NamesOf(Core.Keys.Scopes.All));
            return Invalid($"scopes are some of {known}.", "scopes");
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
        JsonValueKind.Null => Core.Keys.LimitReset.None,
        JsonValueKind.String => field.GetString() switch
        {
            "daily" => Core.Keys.LimitReset.Daily,
            "weekly" => Core.Keys.LimitReset.Weekly,
            "monthly" => Core.Keys.LimitReset.Monthly,
            _ => null,
        },
        _ => null,
    };

    private static Error Invalid(string message, string param) => new(ErrorCode.InvalidRequest, message, param);
}

/// <param name="GraceSeconds">How long the replaced key stays valid, in seconds. Default: 24 hours.</param>
public sealed record RotationBody(int? GraceSeconds);
