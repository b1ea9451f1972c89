using TryOn.Crash.Tests;
using TryOn.Crash.Tests.Load;
using TryOn.Silo.Tests.Processes;

namespace TryOn.Silo.Tests.Drills;

/// <summary>
/// The database is away for a while. Nothing may be accepted then, for nothing can be reserved; afterwards all goes on.
/// </summary>
internal static class DatabaseOutage
{
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(30);

    /// <summary>Answers that were committed before still arrive.</summary>
    private static readonly TimeSpan OnTheirWay = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan RecoveryMax = TimeSpan.FromSeconds(15);

    public static async Task Run(ClusterRun run, PostgresServer database)
    {
        run.Round = 1;
        run.Cluster.Note();
        database.Stop();
        await CrashRun.Pause(OnTheirWay);
        var before = Accepted(run);
        await CrashRun.Pause(Outage - OnTheirWay);
        var during = Accepted(run) - before;
        database.Start();
        run.Cluster.Note();
        var recovery = await Recovery(run);
        run.Say($"{during} accepted while the database was away; the next {recovery.TotalSeconds:F1} s after it was back");
        if (during > 0)
            run.Found($"{during} orders were accepted while the database was away");
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
