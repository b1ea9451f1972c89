using TryOn.Crash.Tests;
using TryOn.Crash.Tests.Load;
using TryOn.Silo.Tests.Processes;

namespace TryOn.Silo.Tests.Drills;

/// <summary>
/// The database is away for a while. Nothing can be reserved then; afterwards all goes on.
/// </summary>
internal static class DatabaseOutage
{
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(30);

    /// <summary>What was decided shortly before the end may be written after it.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan RecoveryMax = TimeSpan.FromSeconds(15);

    public static async Task Run(ClusterRun run, PostgresServer database)
    {
        run.Round = 1;
        run.Cluster.Note();
        database.Stop();
        var from = TimeProvider.System.GetUtcNow();
        await CrashRun.Pause(Outage);
        run.Outages.Add((from, TimeProvider.System.GetUtcNow() - Margin));
        database.Start();
        run.Cluster.Note();
        var recovery = await Recovery(run);
        run.Say($"the next was accepted {recovery.TotalSeconds:F1} s after the database was back");
        if (recovery > RecoveryMax)
            run.Found($"orders were accepted again {recovery} after the database was back");
    }

    /// <summary>Until every account has been answered again.</summary>
    private static async Task<TimeSpan> Recovery(ClusterRun run)
    {
        var since = TimeProvider.System.GetTimestamp();
        var waiting = run.Crowd.Purses.ToDictionary(purse => purse, purse => Accepted(run, purse));
        await run.Until("recovery", TimeSpan.FromMinutes(2), () => Task.FromResult(
            waiting.Count(entry => Accepted(run, entry.Key) == entry.Value) is > 0 and var count
                ? $"{count} accounts are not served"
                : null));
        return TimeProvider.System.GetElapsedTime(since);
    }

    private static int Accepted(ClusterRun run, Purse? of = null) => run.Crowd.Orders.Values.Count(
        entry => entry.Order.JobId is not null && (of is null || entry.Purse == of));
}
