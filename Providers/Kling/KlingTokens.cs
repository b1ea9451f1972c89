using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace TryOn.Providers.Kling;

/// <summary>
/// What stands behind <c>Bearer</c>: the static key, or a token signed with the secret key (JWT, HS256), kept until
/// it comes near its end.
/// </summary>
public sealed class KlingTokens(KlingOptions options, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Reuse = TimeSpan.FromMinutes(25);

    /// <summary>The upstream's clock may be behind ours by this much before it calls a token not yet valid.</summary>
    private static readonly TimeSpan Backdating = TimeSpan.FromSeconds(5);

    private readonly Lock _turn = new();
    private string? _token;
    private DateTimeOffset _mintedAt;

    public string Current()
    {
        if (!string.IsNullOrEmpty(options.ApiKey))
            return options.ApiKey;
        lock (_turn)
        {
            var age = time.GetUtcNow() - _mintedAt;
            // A negative age is a clock set back: the token would not be valid yet.
            return _token is not null && age >= TimeSpan.Zero && age < Reuse ? _token : Mint();
        }
    }

    /// <summary>Forgets a token refused as too early or too late; false when there is no other to try.</summary>
    public bool Drop(string refused)
    {
        if (!string.IsNullOrEmpty(options.ApiKey))
            return false;
        lock (_turn)
        {
            // Another call may have replaced it in the meantime.
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
