using System.Text.Json;
using System.Text.Json.Serialization;
using TryOn.Core.Keys;

namespace TryOn.Engine.Accounts;

/// <summary>
/// The stored form of an account's keys: an object by key hash, without values that can be omitted, because an account
/// may have a hundred keys and its record is written as a whole. Times are Unix milliseconds. Also reads the first
/// version of the form, in which a key had its creation time as text and no scopes.
/// </summary>
internal sealed class KeyRingJson : JsonConverter<KeyRing>
{
    public override KeyRing Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize<Dictionary<string, StoredKey>>(ref reader, options)!
            .Aggregate(KeyRing.Empty, (ring, stored) => ring.With(stored.Value.ToKey(stored.Key)));

    public override void Write(Utf8JsonWriter writer, KeyRing value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var key in value.All)
        {
            writer.WritePropertyName(key.Hash);
            JsonSerializer.Serialize(writer, StoredKey.FromKey(key), options);
        }

        writer.WriteEndObject();
    }

    private sealed record StoredKey(
        string Label,
        string Name,
        DateTimeOffset? CreatedAt = null,
        long? Created = null,
        bool? Disabled = null,
        int? Scopes = null,
        long? Expires = null,
        long? Limit = null,
        LimitReset? Reset = null,
        long[]? Spend = null,
        long? Used = null,
        string? ReplacedBy = null)
    {
        public static StoredKey FromKey(AccountKey key) => new(
            key.Label, key.Name, CreatedAt: null, key.CreatedAt.ToUnixTimeMilliseconds(), key.Disabled ? true : null,
            key.Scopes == Core.Keys.Scopes.FirstKey ? null : (int)key.Scopes, key.ExpiresAt?.ToUnixTimeMilliseconds(),
            key.Limit, key.Reset == LimitReset.None ? null : key.Reset,
            key.Spend is { Total: 0, Day: 0 }
                ? null
                : [key.Spend.Day, key.Spend.Total, key.Spend.Daily, key.Spend.Weekly, key.Spend.Monthly],
            key.UsedAt?.ToUnixTimeMilliseconds(), key.ReplacedBy);

        public AccountKey ToKey(string hash) =>
            new(hash, Label, Name, CreatedAt ?? Time(Created) ?? DateTimeOffset.UnixEpoch, Disabled ?? false)
            {
                Scopes = Scopes is { } scopes ? (KeyScopes)scopes : Core.Keys.Scopes.FirstKey,
                ExpiresAt = Time(Expires),
                Limit = Limit,
                Reset = Reset ?? LimitReset.None,
                Spend = Spend is [var day, var total, var daily, var weekly, var monthly]
                    ? new KeySpend((int)day, total, daily, weekly, monthly)
                    : KeySpend.None,
                UsedAt = Time(Used),
                ReplacedBy = ReplacedBy,
            };

        private static DateTimeOffset? Time(long? milliseconds) =>
            milliseconds is { } since ? DateTimeOffset.FromUnixTimeMilliseconds(since) : null;
    }
}
