using TryOn.Core;
using TryOn.Core.Accounts;
using TryOn.Core.Jobs;

namespace TryOn.Api.Jobs;

/// <summary>Looks for the job whose answer was lost on its way: a marked retry wants that picture and no second one.</summary>
public sealed class RecentJobs(IDirectory directory, TimeProvider clock)
{
    /// <summary>An account's newest statement entries; a retry comes seconds after what it repeats.</summary>
    private const int EntriesMax = 60;

    /// <summary>From an answer that was lost to its retry: clients wait a minute at most before they ask again.</summary>
    private static readonly TimeSpan LostMax = TimeSpan.FromMinutes(2);

    /// <summary>
    /// A job that has succeeded; of a request for several pictures, any one of them. Null as well where one of the same content
    /// still runs: it is the younger one, and whether the retry is of it is the account's to say.
    /// </summary>
    public async Task<JobView?> Find(string accountId, Purchase purchase, string fingerprint)
    {
        var over = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in await Newest(accountId))
        {
            if (entry.For?.KeyId != purchase.KeyId || !Speaks(entry, over))
                continue;
            var job = await directory.Job(entry.JobId!).Read();
            if (job.Value is { } known && known.Fingerprint != fingerprint)
                continue;
            return entry.Kind == EntryKind.Capture ? job.Value : null;
        }

        return null;
    }

    /// <summary>Whether an entry is of a job that runs or has just succeeded; those of later entries are known to be over.</summary>
    private bool Speaks(StatementEntry entry, HashSet<string> over) => entry.Kind switch
    {
        EntryKind.Capture => over.Add(entry.JobId!) && entry.At > clock.GetUtcNow() - LostMax,
        EntryKind.Release => over.Add(entry.JobId!) && false,
        EntryKind.Reserve => !over.Contains(entry.JobId!) && entry.At > clock.GetUtcNow() - Repeats.Window,
        _ => false,
    };

    private async Task<IEnumerable<StatementEntry>> Newest(string accountId)
    {
        var account = directory.Account(accountId);
        if (await account.Statement(0, 1) is not { Ok: true, Value.Newest: var newest })
            return [];
        var page = await account.Statement(Math.Max(0, newest - EntriesMax), EntriesMax);
        return (page.Value?.Entries ?? []).Reverse();
    }
}
