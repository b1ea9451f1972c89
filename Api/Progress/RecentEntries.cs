using System.Collections.Immutable;
using TryOn.Core.Accounts;

namespace TryOn.Api.Progress;

/// <summary>
/// An account's recent jobs according to its statement. Every job that starts has a reservation there, and every job
/// that ended a capture or release, in sequence and without gaps: reading on from a sequence number misses no start and
/// no end.
/// </summary>
public sealed record RecentEntries(ImmutableList<StatementEntry> Entries, long Newest)
{
    /// <summary>Entries that a snapshot covers: about a hundred jobs, each of which is read.</summary>
    public const int EntriesMax = 200;

    public static RecentEntries None { get; } = new([], 0);

    /// <summary>The jobs that the entries mention.</summary>
    public IEnumerable<string> JobIds => Entries.Select(entry => entry.JobId).OfType<string>().Distinct();

    public IEnumerable<string> SettledIds => Entries
        .Where(entry => entry.Kind is EntryKind.Capture or EntryKind.Release)
            .Select(entry => entry.JobId).OfType<string>();

    public static async Task<RecentEntries> Latest(IAccount account)
    {
        var newest = (await account.Statement(0, 1)).Value?.Newest ?? 0;
        return await After(account, Math.Max(0, newest - EntriesMax));
    }

    /// <summary>
    /// Reads the entries after a sequence number; returns none if the account cannot be read at the moment.
    /// </summary>
    public static async Task<RecentEntries> After(IAccount account, long number) =>
        await account.Statement(number, EntriesMax) is { Ok: true, Value: var page }
            ? new RecentEntries(page.Entries, page.Entries.IsEmpty ? number : page.Entries[^1].Sequence)
            : None with { Newest = number };
}
