using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;

namespace TryOn.Sandbox.Pictures;

/// <summary>A picture as an upstream was sent it, known by the hash of its bytes.</summary>
public sealed record SentPicture(byte[] Bytes, PictureFormat Format, string Sha256)
{
    public string MimeType => PictureHeaders.MimeType(Format);

    /// <summary>Takes plain base64; a <c>data:</c> prefix makes it invalid, as it does upstream.</summary>
    public static bool TryRead(JsonElement base64, [NotNullWhen(true)] out SentPicture? picture)
    {
        picture = base64.ValueKind == JsonValueKind.String
            && base64.TryGetBytesFromBase64(out var bytes) && bytes.Length > 0
            ? new SentPicture(bytes, PictureHeaders.Format(bytes), Convert.ToHexStringLower(SHA256.HashData(bytes)))
            : null;
        return picture is not null;
    }
}
