using TryOn.Crash.Tests.Books;
using TryOn.Crash.Tests.Load;
using Xunit.Abstractions;

namespace TryOn.Crash.Tests;

/// <summary>
/// A request reserves, then stores its pictures, then begins its job. Killed in between, it leaves credits and
/// photographs that nothing points to, and no client who would ask again.
/// </summary>
public sealed class UploadKillTests(ITestOutputHelper output)
{
    private const int UploadsMax = 100;

    /// <summary>A kill must hit some request between its pictures and its job; one of the first few does.</summary>
    private const int RoundsMax = 12;

    private static readonly TimeSpan StoreMax = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Upload_KilledInTheMiddle_LeavesNoPictureAndNoReserve()
    {
        using var run = new GatewayRun(output);
        var pictures = new PictureSeries(SideMin: 700, Noise: true);
        var uploads = new Uploads(run, pictures);
        await run.StartGateway();
        await uploads.Open(UploadsMax * RoundsMax);
        var orphans = 0;
        for (run.Round = 1; orphans == 0 && run.Round <= RoundsMax; run.Round++)
            orphans = await KillInTheMiddle(run, uploads);

        await run.Settle([uploads.Purse]);
        var reckoning = new Reckoning(run, pictures, uploads.Orders);
        await reckoning.Read([uploads.Purse]);
        await run.Until("sweep", CrashRun.SweepMax, reckoning.Unowned);
        await reckoning.Check();
        run.Say($"{uploads.Orders.Count} uploads, {orphans} left pictures without a job");
        Assert.True(orphans > 0, $"no kill came between a picture and its job; {run.Where}");
        run.Conclude(reckoning.Findings);
    }

    /// <summary>How many pictures lay there after the restart whose job had not begun.</summary>
    private static async Task<int> KillInTheMiddle(GatewayRun run, Uploads uploads)
    {
        var stored = new StoredPictures(run.Gateway);
        var enough = stored.Names().Count + run.Dice.Next(10, UploadsMax);
        var sending = uploads.Send(UploadsMax);
        await run.Until("upload", StoreMax, () => Task.FromResult(
            stored.Names().Count >= enough || sending.IsCompleted ? null : $"fewer than {enough} pictures are stored"));
        run.Gateway.Kill();
        await sending;
        var left = stored.Names();
        await run.StartGateway();
        var jobs = left.Select(file => file.Split('/')[0]).Distinct().ToList();
        var known = await Task.WhenAll(jobs.Select(uploads.Purse.Api.Read));
        return known.Count(job => job is null);
    }
}
