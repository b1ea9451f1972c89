using System.Security.Cryptography;
using System.Text;

namespace TryOn.Providers.Callbacks;

/// <summary>
/// Verifies callbacks that are signed with a shared secret (https://www.standardwebhooks.com). Kling signs once a
/// secret has been created in its console.
/// </summary>
public sealed class StandardWebhook(string secret, TimeProvider time)
{
    private const string SecretPrefix = "whsec_";
    private const string Version = "v1,";

    private readonly byte[] _key = Convert.FromBase64String(Digits(secret));

    /// <param name="id">The header <c>webhook-id</c>.</param>
    /// <param name="timestamp">The header <c>webhook-timestamp</c>, unix seconds.</param>
    /// <param name="signatures">The header <c>webhook-signature</c>; it holds several signatures while a secret is
    /// being replaced.</param>
    public bool Verify(string? id, string? timestamp, string? signatures, ReadOnlySpan<byte> body)
    {
        if (id is null || signatures is null || !SignatureAge.Fresh(timestamp, time))
            return false;
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        mac.AppendData(Encoding.UTF8.GetBytes($"{id}.{timestamp}."));
        mac.AppendData(body);
        var expected = Encoding.ASCII.GetBytes(Version + Convert.ToBase64String(mac.GetHashAndReset()));
        return signatures.Split(' ').Any(signature =>
            CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(signature), expected));
    }

    /// <summary>Whether a pasted secret contains a valid key.</summary>
    public static bool IsValidSecret(string secret) => Digits(secret) is { Length: > 0 } digits
        && Convert.TryFromBase64String(digits, new byte[digits.Length], out _);

    private static string Digits(string secret) =>
        secret.StartsWith(SecretPrefix, StringComparison.Ordinal) ? secret[SecretPrefix.Length..] : secret;
}
