using TryOn.Crash.Tests;
using TryOn.Crash.Tests.Load;
using TryOn.Silo.Tests.Processes;

namespace TryOn.Silo.Tests.Drills;

/// <summary>
/// The database is stopped for a while. Meanwhile nothing can be reserved; afterwards everything must continue.
/// </summary>
internal static class DatabaseOutage
{
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(30);

    /// <summary>A reservation decided shortly before the end of the outage may be written after it.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan RecoveryMax = TimeSpan.FromSeconds(15);

    public static async Task Run(ClusterRun run, PostgresServer database)
    {
        run.Round = 1;
        run.Cluster.NoteDisruption();
        database.Stop();
        var from = TimeProvider.System.GetUtcNow();
        await CrashRun.Pause(Outage);
        run.Outages.Add((from, TimeProvider.System.GetUtcNow() - Margin));
        database.Start();
        run.Cluster.NoteDisruption();
        var recovery = await Recovery(run);
        run.Log($"the next was accepted {recovery.TotalSeconds:F1} s after the database was back");
        if (recovery > RecoveryMax)
            run.AddFinding($"orders were accepted again {recovery} after the database was back");
    }

    /// <summary>Waits until an order of every account has been accepted again.</summary>
    private static async Task<TimeSpan> Recovery(ClusterRun run)
    {
        var since = TimeProvider.System.GetTimestamp();
        var waiting = run.Load.Accounts.ToDictionary(account => account, account => Accepted(run, account));
        await run.Until("recovery", TimeSpan.FromMinutes(2), () => Task.FromResult(
            waiting.Count(entry => Accepted(run, entry.Key) == entry.Value) is > 0 and var count
                ? $"{count} accounts are not served"
                : null));
        return TimeProvider.System.GetElapsedTime(since);
    }

    private static int Accepted(ClusterRun run, AccountClient? of = null) => run.Load.Orders.Values.Count(
        entry => entry.Order.JobId is not null && (of is null || entry.Account == of));
}
