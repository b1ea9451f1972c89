using System.Collections.Immutable;
using System.Text.Json;
using TryOn.Core.Providers;

namespace TryOn.Providers.Wire;

/// <summary>
/// How much one answer may hold. A job asks for one picture, so an answer beyond this is a mistake of the upstream's,
/// and is refused before memory is taken for its pictures.
/// </summary>
public static class AnswerPictures
{
    public const int CountMax = 8;

    /// <summary>Of all pictures in an answer together, as they are decoded.</summary>
    public const int BytesMax = 64 * 1024 * 1024;

    /// <summary>Of an answer that holds pictures: base64 of them, and whatever is around it.</summary>
    public const int BodyBytesMax = (BytesMax / 3 * 4) + (1024 * 1024);

    /// <summary>Whether the pictures of an answer may be decoded. What is not JSON holds none.</summary>
    /// <param name="field">The field that holds the base64 of one.</param>
    public static bool Fit(ReadOnlySpan<byte> body, ReadOnlySpan<byte> field)
    {
        var (count, bytes) = (0, 0L);
        var reader = new Utf8JsonReader(body);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals(field)
                    || !reader.Read() || reader.TokenType != JsonTokenType.String)
                    continue;
                count++;
                bytes += reader.ValueSpan.Length / 4L * 3;
            }
        }
        catch (JsonException)
        {
            return true;
        }

        return count <= CountMax && bytes <= BytesMax;
    }

    /// <summary>A finished task's pictures, which lie at these addresses.</summary>
    /// <param name="provider">As in fault codes.</param>
    public static ProviderReply At(string provider, IEnumerable<string?> addresses)
    {
        ImmutableArray<string> known = [.. addresses.OfType<string>().Where(address => address.Length > 0)];
        return known.Length switch
        {
            0 => ProviderReply.EndOf(FaultKind.NoPicture, $"{provider}:no_address"),
            > CountMax => ProviderReply.EndOf(FaultKind.NoPicture, $"{provider}:too_many_pictures"),
            _ => new ProviderReply.Ready(known),
        };
    }
}
