using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace TryOn.Providers.Callbacks;

/// <summary>
/// The path that an upstream calls back on. It names the attempt, and a keyed hash of it that nobody else can make: what
/// vouches for a callback whose sender signs nothing, or signs for all its customers alike.
/// </summary>
/// <param name="key">The installation's own, made for this purpose alone.</param>
public sealed class CallbackAddress(byte[] key)
{
    private const int HashBytes = 18;

    public string PathFor(string provider, string attemptId) =>
        $"/callbacks/{provider}/{Uri.EscapeDataString(attemptId)}/{Hash(provider, attemptId)}";

    public bool Vouches(string provider, string attemptId, string hash) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(hash), Encoding.UTF8.GetBytes(Hash(provider, attemptId)));

    /// <summary>The length of the provider's name keeps two pairs from being written alike.</summary>
    private string Hash(string provider, string attemptId) => Base64Url.EncodeToString(
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{provider.Length}:{provider}:{attemptId}")).AsSpan(0, HashBytes));
}
