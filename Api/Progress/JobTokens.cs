using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using TryOn.Core.Keys;

namespace TryOn.Api.Progress;

/// <summary>
/// A credential for a browser: it allows watching one job and nothing else, and is valid for two minutes to start doing
/// so. It names the key it was made with, so disabling that key ends its watchers too. It consists of letters, digits,
/// '-' and '_', which a WebSocket subprotocol may contain.
/// </summary>
public sealed class JobTokens(MasterSecret secret, TimeProvider clock)
{
    public const string Prefix = "tryonjob_";

    public static readonly TimeSpan Life = TimeSpan.FromSeconds(120);

    private const int ExpiryBytes = 8;
    private const int KeyHashBytes = 32;
    private const int ClaimBytes = ExpiryBytes + ApiKey.AccountIdLength + KeyHashBytes;
    private const int TokenBytes = ClaimBytes + HMACSHA256.HashSizeInBytes;

    private readonly byte[] _secret = secret.For("job tokens");

    public JobToken Make(string jobId, string accountId, string keyHash)
    {
        var expires = DateTimeOffset.FromUnixTimeSeconds((clock.GetUtcNow() + Life).ToUnixTimeSeconds());
        var token = new byte[TokenBytes];
        BinaryPrimitives.WriteInt64BigEndian(token, expires.ToUnixTimeSeconds());
        Encoding.ASCII.GetBytes(accountId, token.AsSpan(ExpiryBytes));
        Convert.FromHexString(keyHash).CopyTo(token.AsSpan(ExpiryBytes + ApiKey.AccountIdLength));
        Sign(jobId, token.AsSpan(0, ClaimBytes)).CopyTo(token.AsSpan(ClaimBytes));
        return new JobToken(Prefix + Base64Url.EncodeToString(token), expires);
    }

    /// <summary>Null for a token that belongs to another job, is forged, altered or expired.</summary>
    public TokenClaim? Read(string? text, string jobId)
    {
        if (text?.StartsWith(Prefix, StringComparison.Ordinal) != true
            || text.Length > Prefix.Length + (2 * TokenBytes))
            return null;
        var token = new byte[TokenBytes];
        // TryDecodeFromChars would throw at text that is not base64url.
        if (Base64Url.DecodeFromChars(
            text.AsSpan(Prefix.Length), token, out var _, out var length) != OperationStatus.Done
            || length != TokenBytes)
        {
            return null;
        }

        var claim = token.AsSpan(0, ClaimBytes);
        if (!CryptographicOperations.FixedTimeEquals(Sign(jobId, claim), token.AsSpan(ClaimBytes))
            || BinaryPrimitives.ReadInt64BigEndian(claim) <= clock.GetUtcNow().ToUnixTimeSeconds())
        {
            return null;
        }

        return new TokenClaim(
            Encoding.ASCII.GetString(claim.Slice(ExpiryBytes, ApiKey.AccountIdLength)),
            Convert.ToHexStringLower(claim[(ExpiryBytes + ApiKey.AccountIdLength)..]));
    }

    private byte[] Sign(string jobId, ReadOnlySpan<byte> claim)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _secret);
        mac.AppendData(claim);
        mac.AppendData(Encoding.UTF8.GetBytes(jobId));
        return mac.GetHashAndReset();
    }
}

public sealed record JobToken(string Token, DateTimeOffset ExpiresAt);

/// <summary>The account and key that a token was made with.</summary>
public sealed record TokenClaim(string AccountId, string KeyHash);
