using TryOn.Core;
using TryOn.Core.Accounts;
using TryOn.Core.Jobs;

namespace TryOn.Api.Jobs;

/// <summary>Looks for the job whose answer was lost on its way: a marked retry wants that picture and no second one.</summary>
public sealed class RecentJobs(IDirectory directory, TimeProvider clock)
{
    /// <summary>An account's newest statement entries; a retry comes seconds after what it repeats.</summary>
    private const int EntriesMax = 60;

    /// <summary>A job that has succeeded; of a request for several pictures, any one of them.</summary>
    public async Task<JobView?> Find(string accountId, Purchase purchase, string fingerprint)
    {
        var account = directory.Account(accountId);
        if (await account.Statement(0, 1) is not { Ok: true, Value.Newest: var newest })
            return null;
        var page = await account.Statement(Math.Max(0, newest - EntriesMax), EntriesMax);
        var since = clock.GetUtcNow() - Repeats.Window;
        var captured = (page.Value?.Entries ?? []).Where(entry =>
            entry.Kind == EntryKind.Capture && entry.At > since && entry.For?.KeyId == purchase.KeyId);
        foreach (var entry in captured.Reverse())
        {
            if (await directory.Job(entry.JobId!).Read() is { Ok: true, Value: var job } && job.Fingerprint == fingerprint)
                return job;
        }

        return null;
    }
}
