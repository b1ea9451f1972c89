using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace TryOn.Providers.Callbacks;

/// <summary>
/// Makes and verifies the paths that upstreams call back on. A path contains the attempt's id and a keyed hash of it,
/// which authenticates callbacks of upstreams that do not sign, or that sign for all their customers with the same key.
/// </summary>
/// <param name="key">Key of this installation, derived for this purpose only.</param>
public sealed class CallbackAddress(byte[] key)
{
    private const int HashBytes = 18;

    public string PathFor(string provider, string attemptId) =>
        $"/callbacks/{provider}/{Uri.EscapeDataString(attemptId)}/{Hash(provider, attemptId)}";

    public bool Verify(string provider, string attemptId, string hash) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(hash), Encoding.UTF8.GetBytes(Hash(provider, attemptId)));

    /// <summary>The length of the provider's name keeps two different pairs from having the same hash input.</summary>
    private string Hash(string provider, string attemptId) => Base64Url.EncodeToString(
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{provider.Length}:{provider}:{attemptId}"))
            .AsSpan(0, HashBytes));
}
