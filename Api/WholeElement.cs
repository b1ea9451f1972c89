using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TryOn.Api;

/// <summary>
/// Reads what a body leaves for later, and its text at once: half a surrogate pair is no text (RFC 8259, section 8.2), and
/// an element first says so to whoever reads it, when it looks like a mistake of ours and no longer like the caller's.
/// </summary>
public sealed class WholeElement : JsonConverter<JsonElement>
{
    public override JsonElement Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var element = JsonElement.ParseValue(ref reader);
        var text = new Utf8JsonReader(JsonMarshal.GetRawUtf8Value(element));
        while (text.Read())
        {
            // The serializer turns what this throws into its own exception, as where a field is text from the start.
            if (text.ValueIsEscaped && Surrogates(text.ValueSpan))
                _ = text.GetString();
        }

        return element;
    }

    public override void Write(Utf8JsonWriter writer, JsonElement value, JsonSerializerOptions options) => value.WriteTo(writer);

    /// <summary>A picture's base64 is escaped by some clients as well, and need not be unescaped twice for that.</summary>
    private static bool Surrogates(ReadOnlySpan<byte> text) => text.IndexOf(@"\ud"u8) >= 0 || text.IndexOf(@"\uD"u8) >= 0;
}
