using System.Collections.Immutable;
using TryOn.Core;
using TryOn.Core.Accounts;
using TryOn.Core.Jobs;

namespace TryOn.Api.Progress;

/// <summary>
/// An account's jobs as its statement knows them: a job that begins is reserved for, and one that has ended is captured or
/// released, in a record without gaps. So whoever reads on from a number misses no beginning and no end.
/// </summary>
public sealed record RecentMovements(ImmutableList<StatementEntry> Entries, long Newest)
{
    /// <summary>How far back a snapshot goes: a hundred jobs or so, each of which is read.</summary>
    public const int EntriesMax = 200;

    public static RecentMovements None { get; } = new([], 0);

    /// <summary>Everything the entries speak of, as of the newest of them.</summary>
    public IEnumerable<string> JobIds => Entries.Select(entry => entry.JobId).OfType<string>().Distinct();

    public IEnumerable<string> SettledIds => Entries
        .Where(entry => entry.Kind is EntryKind.Capture or EntryKind.Release).Select(entry => entry.JobId).OfType<string>();

    public static async Task<RecentMovements> Latest(IAccount account)
    {
        var newest = (await account.Statement(0, 1)).Value?.Newest ?? 0;
        return await After(account, Math.Max(0, newest - EntriesMax));
    }

    /// <summary>The next entries after a number; nothing new where the account cannot be asked just now.</summary>
    public static async Task<RecentMovements> After(IAccount account, long number) =>
        await account.Statement(number, EntriesMax) is { Ok: true, Value: var page }
            ? new RecentMovements(page.Entries, page.Entries.IsEmpty ? number : page.Entries[^1].Sequence)
            : None with { Newest = number };
}
