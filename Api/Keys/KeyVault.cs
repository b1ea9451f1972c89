using System.Security.Cryptography;
using TryOn.Core.Keys;

namespace TryOn.Api.Keys;

/// <summary>Creates keys, and derives from them what an account stores.</summary>
public sealed class KeyVault(MasterSecret secret)
{
    private readonly byte[] _pepper = secret.For("api keys");

    public static string NewAccountId() => Random(ApiKey.AccountIdLength);

    public static ApiKey NewKey(AccountMode mode, string accountId) =>
        ApiKey.Create(mode, accountId, Random(ApiKey.SecretLength));

    public string Hash(ApiKey key) => key.Hash(_pepper);

    public AccountKey Describe(ApiKey key, string name, DateTimeOffset now) => new(Hash(key), key.Label, name, now);

    private static string Random(int length) => ApiKey.Base62(RandomNumberGenerator.GetBytes(length * 2), length);
}
