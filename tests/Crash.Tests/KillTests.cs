using TryOn.Crash.Tests.Books;
using TryOn.Crash.Tests.Load;
using Xunit.Abstractions;

namespace TryOn.Crash.Tests;

/// <summary>Tests that measure the time of a start and therefore run alone.</summary>
[CollectionDefinition("alone", DisableParallelization = true)]
public sealed class Alone;

/// <summary>
/// The gateway is killed at random moments while clients order, TRYON_CRASH_ROUNDS times (default 5):
/// <c>TRYON_CRASH_ROUNDS=50 dotnet test tests/Crash.Tests</c>.
/// </summary>
[Collection("alone")]
public sealed class KillTests(ITestOutputHelper output)
{
    private const int AimSpreadMs = 25;

    private static readonly TimeSpan AimMax = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task Gateway_KilledUnderLoad_ChargesOnceAndLosesNothing()
    {
        using var run = new SingleProcessRun(output);
        var pictures = new PictureSeries(SideMin: 300, Noise: false);
        var load = new LoadGenerator(run, pictures);
        await KillWhileStarting(run);
        await run.StartGateway();
        await load.Open();
        load.Begin();
        for (run.Round = 1; run.Round <= CrashRun.Rounds; run.Round++)
            await KillOnce(run);
        await load.Stop();
        await run.Settle(load.Accounts);
        await load.SendAgain();
        Assert.True(load.Complaints.Count == 0, string.Join('\n', load.Complaints));

        var reconciliation = new Reconciliation(run, pictures, load.Orders);
        await reconciliation.Read(load.Accounts);
        await run.Until("sweep", CrashRun.SweepMax, reconciliation.Unowned);
        await reconciliation.Check();
        run.Conclude(reconciliation.Findings);
    }

    private static async Task KillOnce(SingleProcessRun run)
    {
        await CrashRun.Pause(TimeSpan.FromMilliseconds(run.Random.Next(200, 2500)));
        if (run.Random.Next(2) == 0)
            await Aim(run);
        run.Gateway.Kill();
        if (run.Random.Next(4) == 0)
            await KillWhileStarting(run);
        await run.StartGateway();
    }

    /// <summary>
    /// The dangerous moments last a few milliseconds and follow a submit: the intent is committed and the answer is
    /// not, or the picture is stored and the job is not. Half of the kills wait for a submit.
    /// </summary>
    private static async Task Aim(SingleProcessRun run)
    {
        var since = TimeProvider.System.GetTimestamp();
        var before = run.Sandbox.WitnessBytes;
        while (run.Sandbox.WitnessBytes == before && TimeProvider.System.GetElapsedTime(since) < AimMax)
            await CrashRun.Pause(TimeSpan.FromMilliseconds(1));
        if (run.Random.Next(2) == 0)
            await CrashRun.Pause(TimeSpan.FromMilliseconds(run.Random.Next(AimSpreadMs)));
    }

    /// <summary>Kills the gateway at any moment up to its first answers: a recovery must survive a crash.</summary>
    private static async Task KillWhileStarting(SingleProcessRun run)
    {
        run.Gateway.Start();
        await CrashRun.Pause(TimeSpan.FromMilliseconds(run.Random.Next(100, 1500)));
        run.Gateway.Kill();
    }
}
