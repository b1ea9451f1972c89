using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using TryOn.Core.Keys;

namespace TryOn.Api.Jobs;

/// <summary>
/// Ids of jobs: 22 base 62 digits, 131 bits. With an idempotency key the id is derived from the key, so the job itself
/// records that the key was used, for as long as the job is kept.
/// </summary>
public sealed class JobId(MasterSecret secret)
{
    private const int Digits = 22;

    private readonly byte[] _secret = secret.For("idempotency keys");
    private readonly byte[] _groups = secret.For("jobs of one request");

    public static string New() => "job_" + ApiKey.Base62(RandomNumberGenerator.GetBytes(Digits * 3), Digits);

    /// <param name="generation">Counts the earlier jobs of the same key that never started.</param>
    public string For(string accountId, string idempotencyKey, int generation)
    {
        var text = Encoding.UTF8.GetBytes($"{accountId}\n{generation}\n{idempotencyKey}");
        return "job_" + ApiKey.Base62(HMACSHA512.HashData(_secret, text), Digits);
    }

    /// <summary>
    /// The ids of the jobs of a request for several pictures. They are derived from the first, so that a retry of the
    /// request yields the same ids.
    /// </summary>
    public ImmutableArray<string> Group(string first, int count) =>
        [first, .. Enumerable.Range(1, count - 1).Select(index => FurtherId(first, index))];

    private string FurtherId(string first, int index) =>
        "job_" + ApiKey.Base62(HMACSHA512.HashData(_groups, Encoding.UTF8.GetBytes($"{first}\n{index}")), Digits);
}
