using TryOn.Crash.Tests.Books;
using TryOn.Crash.Tests.Load;
using Xunit.Abstractions;

namespace TryOn.Crash.Tests;

/// <summary>
/// A request reserves credits, then stores its pictures, then starts its job. A kill in between leaves reserved credits
/// and photographs without a job, and no client repeats the request.
/// </summary>
public sealed class UploadKillTests(ITestOutputHelper output)
{
    private const int UploadsMax = 100;

    /// <summary>
    /// A kill must hit a request between its pictures and its job, which one of the first rounds does.
    /// </summary>
    private const int RoundsMax = 12;

    private static readonly TimeSpan StoreMax = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Upload_KilledInTheMiddle_LeavesNoPictureAndNoReserve()
    {
        using var run = new SingleProcessRun(output);
        var pictures = new PictureSeries(SideMin: 700, Noise: true);
        var uploads = new Uploads(run, pictures);
        await run.StartGateway();
        await uploads.Open(UploadsMax * RoundsMax);
        var orphans = 0;
        for (run.Round = 1; orphans == 0 && run.Round <= RoundsMax; run.Round++)
            orphans = await KillInTheMiddle(run, uploads);

        await run.Settle([uploads.Account]);
        var reconciliation = new Reconciliation(run, pictures, uploads.Orders);
        await reconciliation.Read([uploads.Account]);
        await run.Until("sweep", CrashRun.SweepMax, reconciliation.Unowned);
        await reconciliation.Check();
        run.Log($"{uploads.Orders.Count} uploads, {orphans} left pictures without a job");
        Assert.True(orphans > 0, $"no kill came between a picture and its job; {run.Position}");
        run.Conclude(reconciliation.Findings);
    }

    /// <returns>How many jobs had stored pictures and had not started before the kill.</returns>
    private static async Task<int> KillInTheMiddle(SingleProcessRun run, Uploads uploads)
    {
        var stored = new StoredPictures(run.Gateway);
        var enough = stored.Names().Count + run.Random.Next(10, UploadsMax);
        var sending = uploads.Send(UploadsMax);
        await run.Until("upload", StoreMax, () => Task.FromResult(
            stored.Names().Count >= enough || sending.IsCompleted ? null : $"fewer than {enough} pictures are stored"));
        run.Gateway.Kill();
        await sending;
        var left = stored.Names();
        await run.StartGateway();
        var jobs = left.Select(file => file.Split('/')[0]).Distinct().ToList();
        var known = await Task.WhenAll(jobs.Select(uploads.Account.Api.Read));
        return known.Count(job => job is null);
    }
}
