using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;

namespace TryOn.Sandbox.Pictures;

/// <summary>A picture as an upstream was sent it, known by the hash of its bytes.</summary>
public sealed record SentPicture(byte[] Bytes, PictureFormat Format, string Sha256)
{
    public string MimeType => PictureHeaders.MimeType(Format);

    /// <summary>Any file, known as a picture or not.</summary>
    public static SentPicture Of(byte[] bytes) =>
        new(bytes, PictureHeaders.Format(bytes), Convert.ToHexStringLower(SHA256.HashData(bytes)));

    /// <summary>Takes <c>data:image/…;base64,</c> and what follows; plain base64 is refused, as it is upstream.</summary>
    public static bool TryReadDataUrl(JsonElement dataUrl, [NotNullWhen(true)] out SentPicture? picture)
    {
        picture = null;
        if (dataUrl.ValueKind != JsonValueKind.String || dataUrl.GetString()!.Split(";base64,") is not [var head, var tail]
            || !head.StartsWith("data:image/", StringComparison.Ordinal))
        {
            return false;
        }

        var bytes = new byte[tail.Length];
        if (!Convert.TryFromBase64String(tail, bytes, out var length) || length == 0)
            return false;
        picture = Of(bytes[..length]);
        return true;
    }

    /// <summary>Takes plain base64; a <c>data:</c> prefix makes it invalid, as it does upstream.</summary>
    public static bool TryRead(JsonElement base64, [NotNullWhen(true)] out SentPicture? picture)
    {
        picture = base64.ValueKind == JsonValueKind.String
            && base64.TryGetBytesFromBase64(out var bytes) && bytes.Length > 0
            ? Of(bytes)
            : null;
        return picture is not null;
    }
}
