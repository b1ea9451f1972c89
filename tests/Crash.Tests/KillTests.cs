using TryOn.Crash.Tests.Books;
using TryOn.Crash.Tests.Load;
using Xunit.Abstractions;

namespace TryOn.Crash.Tests;

/// <summary>Times how long a start takes, and wants the machine for itself.</summary>
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
        using var run = new GatewayRun(output);
        var pictures = new PictureSeries(SideMin: 300, Noise: false);
        var crowd = new Crowd(run, pictures);
        await KillWhileStarting(run);
        await run.StartGateway();
        await crowd.Open();
        crowd.Begin();
        for (run.Round = 1; run.Round <= CrashRun.Rounds; run.Round++)
            await KillOnce(run);
        await crowd.Stop();
        await run.Settle(crowd.Purses);
        await crowd.SendAgain();
        Assert.Empty(crowd.Complaints);

        var reckoning = new Reckoning(run, pictures, crowd.Orders);
        await reckoning.Read(crowd.Purses);
        await run.Until("sweep", CrashRun.SweepMax, reckoning.Unowned);
        await reckoning.Check();
        run.Conclude(reckoning.Findings);
    }

    private static async Task KillOnce(GatewayRun run)
    {
        await CrashRun.Pause(TimeSpan.FromMilliseconds(run.Dice.Next(200, 2500)));
        if (run.Dice.Next(2) == 0)
            await Aim(run);
        run.Gateway.Kill();
        if (run.Dice.Next(4) == 0)
            await KillWhileStarting(run);
        await run.StartGateway();
    }

    /// <summary>
    /// The dangerous moments are a few milliseconds long and follow a submit: intent committed, answer not yet; picture
    /// stored, job not yet. Half of the kills wait for one.
    /// </summary>
    private static async Task Aim(GatewayRun run)
    {
        var since = TimeProvider.System.GetTimestamp();
        var before = run.Sandbox.WitnessBytes;
        while (run.Sandbox.WitnessBytes == before && TimeProvider.System.GetElapsedTime(since) < AimMax)
            await CrashRun.Pause(TimeSpan.FromMilliseconds(1));
        if (run.Dice.Next(2) == 0)
            await CrashRun.Pause(TimeSpan.FromMilliseconds(run.Dice.Next(AimSpreadMs)));
    }

    /// <summary>Anywhere up to its first answers: recovery must survive its own death.</summary>
    private static async Task KillWhileStarting(GatewayRun run)
    {
        run.Gateway.Start();
        await CrashRun.Pause(TimeSpan.FromMilliseconds(run.Dice.Next(100, 1500)));
        run.Gateway.Kill();
    }
}
