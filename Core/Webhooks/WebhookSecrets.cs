using System.Security.Cryptography;
using System.Text;
using TryOn.Core.Keys;

namespace TryOn.Core.Webhooks;

/// <summary>
/// Signs an account's webhook messages (https://www.standardwebhooks.com). Secrets are derived from the installation's
/// master secret and the generation, so none is stored and a copy of the database cannot sign.
/// </summary>
public sealed class WebhookSecrets(MasterSecret secret)
{
    private readonly byte[] _secret = secret.For("webhook secrets");

    /// <summary>The secret as receivers configure it.</summary>
    public string Text(string accountId, int generation) =>
        "whsec_" + Convert.ToBase64String(Bytes(accountId, generation));

    /// <summary>
    /// The value of the <c>webhook-signature</c> header: one signature per secret, separated by spaces.
    /// </summary>
    public string Sign(
        string accountId, IEnumerable<int> generations, string id, long timestamp, ReadOnlySpan<byte> body)
    {
        var signatures = new List<string>();
        foreach (var generation in generations)
        {
            using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Bytes(accountId, generation));
            mac.AppendData(Encoding.UTF8.GetBytes($"{id}.{timestamp}."));
            mac.AppendData(body);
            signatures.Add("v1," + Convert.ToBase64String(mac.GetHashAndReset()));
        }

        return string.Join(' ', signatures);
    }

    private byte[] Bytes(string accountId, int generation) =>
        HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes($"{accountId}\n{generation}"));
}
