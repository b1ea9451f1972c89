using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TryOn.Sandbox.Wire;

namespace TryOn.Sandbox.Kling;

/// <summary>The three claims that Kling requires, with times in unix seconds, and the signature over them.</summary>
public sealed record KlingJwt(string Issuer, long Expires, long NotBefore, string Message, byte[] Signature)
{
    /// <summary>Null if the text is not an HS256 token with all three claims.</summary>
    public static KlingJwt? Parse(string token)
    {
        if (token.Split('.') is not [var head, var claims, var tail] || Decode(tail) is not { } signature)
            return null;
        using var header = Object(head);
        using var payload = Object(claims);
        if (header is null || payload is null || Text(header.RootElement, "alg") != "HS256")
            return null;
        return Text(payload.RootElement, "iss") is { } issuer
            && Number(payload.RootElement, "exp") is { } expires
            && Number(payload.RootElement, "nbf") is { } notBefore
            ? new KlingJwt(issuer, expires, notBefore, $"{head}.{claims}", signature)
            : null;
    }

    public bool IsSignedWith(string secret) => CryptographicOperations.FixedTimeEquals(
        Signature, HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(Message)));

    private static JsonDocument? Object(string part) =>
        Decode(part) is { } bytes ? SandboxJson.ParseObject(bytes) : null;

    private static byte[]? Decode(string part)
    {
        var bytes = new byte[Base64Url.GetMaxDecodedLength(part.Length)];
        return Base64Url.IsValid(part) && Base64Url.TryDecodeFromChars(part, bytes, out var written)
            ? bytes[..written]
            : null;
    }

    private static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static long? Number(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
        && value.TryGetInt64(out var number) ? number : null;
}
