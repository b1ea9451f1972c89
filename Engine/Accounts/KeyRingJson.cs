using System.Text.Json;
using System.Text.Json.Serialization;
using TryOn.Core.Accounts;
using TryOn.Core.Keys;

namespace TryOn.Engine.Accounts;

/// <summary>
/// An account's keys as they are stored: by hash, and without what can be left out, because an account may have a hundred
/// of them and its record is written as a whole. Times are Unix milliseconds. Reads the first form as well, in which a key
/// had its creation as text, no scopes and nothing else.
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
            JsonSerializer.Serialize(writer, StoredKey.Of(key), options);
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
        public static StoredKey Of(AccountKey key) => new(
            key.Label, key.Name, CreatedAt: null, key.CreatedAt.ToUnixTimeMilliseconds(), key.Disabled ? true : null,
            key.Scopes == Core.Keys.Scopes.First ? null : (int)key.Scopes, key.ExpiresAt?.ToUnixTimeMilliseconds(), key.Limit,
            key.Reset == LimitReset.None ? null : key.Reset,
            key.Spend is { Total: 0, Day: 0 }
                ? null
                : [key.Spend.Day, key.Spend.Total, key.Spend.Daily, key.Spend.Weekly, key.Spend.Monthly],
            key.UsedAt?.ToUnixTimeMilliseconds(), key.ReplacedBy);

        public AccountKey ToKey(string hash) =>
            new(hash, Label, Name, CreatedAt ?? Time(Created) ?? DateTimeOffset.UnixEpoch, Disabled ?? false)
            {
                Scopes = Scopes is { } scopes ? (KeyScopes)scopes : Core.Keys.Scopes.First,
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
