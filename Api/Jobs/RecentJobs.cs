using TryOn.Core;
using TryOn.Core.Accounts;
using TryOn.Core.Jobs;

namespace TryOn.Api.Jobs;

/// <summary>
/// Finds the job whose answer was lost on the way to the client: a marked retry wants that job's picture, not a second
/// one.
/// </summary>
public sealed class RecentJobs(IDirectory directory, TimeProvider clock)
{
    /// <summary>
    /// Number of newest statement entries to search; a retry comes seconds after the request it repeats.
    /// </summary>
    private const int EntriesMax = 60;

    /// <summary>
    /// The longest time between a lost answer and its retry: clients wait a minute at most before they ask again.
    /// </summary>
    private static readonly TimeSpan RetryDelayMax = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Returns a job that has succeeded; of a request for several pictures, any one of its jobs. Null if a younger job
    /// of the same content still runs: the account then decides whether the retry belongs to that one.
    /// </summary>
    public async Task<JobView?> Find(string accountId, Purchase purchase, string fingerprint)
    {
        var ended = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in await Newest(accountId))
        {
            if (entry.For?.KeyId != purchase.KeyId || !IsCandidate(entry, ended))
                continue;
            var job = await directory.Job(entry.JobId!).Read();
            if (job.Value is { } known && known.Fingerprint != fingerprint)
                continue;
            return entry.Kind == EntryKind.Capture ? job.Value : null;
        }

        return null;
    }

    /// <summary>
    /// True for an entry of a job that is running or has just succeeded. <paramref name="ended"/> collects the jobs
    /// whose end was found in later entries.
    /// </summary>
    private bool IsCandidate(StatementEntry entry, HashSet<string> ended) => entry.Kind switch
    {
        EntryKind.Capture => ended.Add(entry.JobId!) && entry.At > clock.GetUtcNow() - RetryDelayMax,
        EntryKind.Release => ended.Add(entry.JobId!) && false,
        EntryKind.Reserve => !ended.Contains(entry.JobId!) && entry.At > clock.GetUtcNow() - RetryDetection.Window,
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
