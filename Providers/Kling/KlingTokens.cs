using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace TryOn.Providers.Kling;

/// <summary>
/// Provides the bearer token: the static key, or a JWT (HS256) signed with the secret key, which is reused until
/// shortly before it expires.
/// </summary>
public sealed class KlingTokens(KlingOptions options, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Reuse = TimeSpan.FromMinutes(25);

    /// <summary>How far the upstream's clock may be behind before it rejects a token as not yet valid.</summary>
    private static readonly TimeSpan Backdating = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private string? _token;
    private DateTimeOffset _mintedAt;

    public string Current()
    {
        if (!string.IsNullOrEmpty(options.ApiKey))
            return options.ApiKey;
        lock (_lock)
        {
            var age = time.GetUtcNow() - _mintedAt;
            // The age is negative if the clock was set back; the token would then not be valid yet.
            return _token is not null && age >= TimeSpan.Zero && age < Reuse ? _token : Mint();
        }
    }

    /// <summary>
    /// Discards a token that was rejected as not yet valid or expired; false if no other can be made.
    /// </summary>
    public bool Discard(string refused)
    {
        if (!string.IsNullOrEmpty(options.ApiKey))
            return false;
        lock (_lock)
        {
            // Another call may have replaced the token in the meantime.
            if (_token == refused)
                _token = null;
            return true;
        }
    }

    private string Mint()
    {
        _mintedAt = time.GetUtcNow();
        var claims = new KlingClaims(
            Iss: options.AccessKey!,
            Exp: (_mintedAt + Lifetime).ToUnixTimeSeconds(),
            Nbf: (_mintedAt - Backdating).ToUnixTimeSeconds());
        var signed = Part("""{"alg":"HS256","typ":"JWT"}"""u8) + "."
            + Part(JsonSerializer.SerializeToUtf8Bytes(claims, KlingJson.Default.KlingClaims));
        var key = Encoding.UTF8.GetBytes(options.SecretKey!);
        var signature = HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(signed));
        return _token = signed + "." + Part(signature);
    }

    private static string Part(ReadOnlySpan<byte> content) => Base64Url.EncodeToString(content);
}
