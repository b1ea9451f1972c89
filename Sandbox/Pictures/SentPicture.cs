using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;

namespace TryOn.Sandbox.Pictures;

/// <summary>A picture as sent to an upstream, identified by the hash of its bytes.</summary>
public sealed record SentPicture(byte[] Bytes, PictureFormat Format, string Sha256)
{
    public string MimeType => PictureHeaders.MimeType(Format);

    /// <summary>Accepts any file; the format is Unknown if it is not a known picture.</summary>
    public static SentPicture FromBytes(byte[] bytes) =>
        new(bytes, PictureHeaders.Format(bytes), Convert.ToHexStringLower(SHA256.HashData(bytes)));

    /// <summary>Reads a <c>data:image/…;base64,</c> URL. Plain base64 is rejected, as it is upstream.</summary>
    public static bool TryReadDataUrl(JsonElement dataUrl, [NotNullWhen(true)] out SentPicture? picture)
    {
        picture = null;
        if (dataUrl.ValueKind != JsonValueKind.String
            || dataUrl.GetString()!.Split(";base64,") is not [var head, var tail]
            || !head.StartsWith("data:image/", StringComparison.Ordinal))
        {
            return false;
        }

        var bytes = new byte[tail.Length];
        if (!Convert.TryFromBase64String(tail, bytes, out var length) || length == 0)
            return false;
        picture = FromBytes(bytes[..length]);
        return true;
    }

    /// <summary>Reads plain base64. A <c>data:</c> prefix makes it invalid, as it does upstream.</summary>
    public static bool TryRead(JsonElement base64, [NotNullWhen(true)] out SentPicture? picture)
    {
        picture = base64.ValueKind == JsonValueKind.String
            && base64.TryGetBytesFromBase64(out var bytes) && bytes.Length > 0
            ? FromBytes(bytes)
            : null;
        return picture is not null;
    }
}
