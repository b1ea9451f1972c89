using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using TryOn.Grains.Interfaces;

namespace TryOn.Grains.Accounts;

/// <summary>The list of all accounts, sharded so that no single record grows with all of them.</summary>
internal static class AccountIndex
{
    /// <summary>Never changed, because an account is found in the shard it was listed in.</summary>
    private const int Shards = 64;

    public static IAccountIndexGrain Shard(IGrainFactory grains, string accountId) =>
        grains.GetGrain<IAccountIndexGrain>(SHA256.HashData(Encoding.UTF8.GetBytes(accountId))[0] % Shards);

    public static async IAsyncEnumerable<string> All(
        IGrainFactory grains, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var shard = 0; shard < Shards; shard++)
        {
            foreach (var id in await grains.GetGrain<IAccountIndexGrain>(shard).List())
            {
                cancellation.ThrowIfCancellationRequested();
                yield return id;
            }
        }
    }
}
