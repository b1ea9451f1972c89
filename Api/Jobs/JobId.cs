using System.Security.Cryptography;
using System.Text;
using TryOn.Core.Keys;

namespace TryOn.Api.Jobs;

/// <summary>
/// Ids of jobs: 22 base 62 digits, 131 bits. With an idempotency key the id follows from the key, so the job itself is
/// the record of the key having been used, for as long as the job is kept.
/// </summary>
public sealed class JobId(MasterSecret secret)
{
    private const int Digits = 22;

    private readonly byte[] _secret = secret.For("idempotency keys");

    public static string New() => "job_" + ApiKey.Base62(RandomNumberGenerator.GetBytes(Digits * 3), Digits);

    /// <param name="generation">Counts up past jobs of the same key that never started.</param>
    public string For(string accountId, string idempotencyKey, int generation)
    {
        var text = Encoding.UTF8.GetBytes($"{accountId}\n{generation}\n{idempotencyKey}");
        return "job_" + ApiKey.Base62(HMACSHA512.HashData(_secret, text), Digits);
    }
}
