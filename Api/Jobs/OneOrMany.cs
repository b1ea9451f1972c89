using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TryOn.Api.Jobs;

/// <summary>Accepts a single string, <c>"url"</c>, in place of a list, <c>["url"]</c>.</summary>
public sealed class OneOrMany : JsonConverter<ImmutableArray<string>?>
{
    public override ImmutableArray<string>? Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.String => [reader.GetString()!],
        _ => JsonSerializer.Deserialize<ImmutableArray<string>>(ref reader, options),
    };

    public override void Write(
        Utf8JsonWriter writer, ImmutableArray<string>? value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, options);
}
