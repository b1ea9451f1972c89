using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TryOn.Api.Http;

/// <summary>
/// Reads a <see cref="JsonElement"/> and validates its text at once. Half a surrogate pair is not valid text (RFC 8259,
/// section 8.2), but an element reports it only when it is read later, where it would look like the gateway's error and
/// not the caller's.
/// </summary>
public sealed class ValidatedElement : JsonConverter<JsonElement>
{
    public override JsonElement Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var element = JsonElement.ParseValue(ref reader);
        var text = new Utf8JsonReader(JsonMarshal.GetRawUtf8Value(element));
        while (text.Read())
        {
            // The serializer converts this exception into a JsonException, as it does for text fields.
            if (text.ValueIsEscaped && HasSurrogate(text.ValueSpan))
                _ = text.GetString();
        }

        return element;
    }

    public override void Write(Utf8JsonWriter writer, JsonElement value, JsonSerializerOptions options) =>
        value.WriteTo(writer);

    /// <summary>
    /// Only escaped surrogates need the check. Some clients escape base64 as well, and unescaping a whole picture here
    /// would be wasted work.
    /// </summary>
    private static bool HasSurrogate(ReadOnlySpan<byte> text) =>
        text.IndexOf(@"\ud"u8) >= 0 || text.IndexOf(@"\uD"u8) >= 0;
}
