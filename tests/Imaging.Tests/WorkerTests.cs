using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TryOn.Core.Images;
using TryOn.Imaging.Pool;
using TryOn.Imaging.Protocol;
using TryOn.Imaging.Tests.Corpus;

namespace TryOn.Imaging.Tests;

public sealed class WorkerTests
{
    private static readonly ImageTarget Any = new(
        [ImageFormat.Png, ImageFormat.Jpeg, ImageFormat.WebP], ImageLimits.Default);

    private static byte[] Good => Samples.Find("jpeg-444").File;

    [LinuxFact]
    public void Worker_OnLinux_CanOpenNothing()
    {
        using var worker = WorkerProcess.Start(1L << 30);
        Assert.True(worker.WaitUntilReady());

        var status = File.ReadAllLines($"/proc/{worker.Id}/status");

        // linux/seccomp.h: 2 is SECCOMP_MODE_FILTER.
        Assert.Contains("Seccomp:\t2", status);
        Assert.Contains("NoNewPrivs:\t1", status);
        Assert.Contains(
            File.ReadAllLines($"/proc/{worker.Id}/limits"),
            line => line.StartsWith("Max data size", StringComparison.Ordinal)
                && line.Contains("1073741824", StringComparison.Ordinal));
        var settings = File.ReadAllText($"/proc/{worker.Id}/environ");
        Assert.DoesNotContain("HOME=", settings, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Worker_ThatIsKilled_CostsItsPictureNothing()
    {
        using var workers = Create();
        _ = await workers.Normalize(Good, Any, CancellationToken.None);
        foreach (var id in workers.ProcessIds)
            System.Diagnostics.Process.GetProcessById(id).Kill();

        var reply = await workers.Normalize(Good, Any, CancellationToken.None);

        Assert.IsType<ImageReply.Accepted>(reply);
    }

    /// <summary>Each of them costs a try, and no picture is blamed for it.</summary>
    [Fact]
    public async Task Workers_ThatAllDiedWhileIdle_CostNoPicture()
    {
        using var workers = Create(options => options.Workers = 3);
        _ = await Task.WhenAll(
            Enumerable.Range(0, 3).Select(_ => workers.Verify(Good, CancellationToken.None)));
        foreach (var id in workers.ProcessIds)
        {
            using var process = System.Diagnostics.Process.GetProcessById(id);
            process.Kill();
            await process.WaitForExitAsync();
        }

        Assert.IsType<ImageReply.Accepted>(await workers.Verify(Good, CancellationToken.None));
    }

    /// <summary>A worker must not end with the thread of the gateway that started it.</summary>
    [Fact]
    public async Task Worker_WhoseStarterThreadEnds_Lives()
    {
        WorkerProcess? worker = null;
        var thread = new Thread(() =>
        {
            worker = WorkerProcess.Start(1L << 30);
            worker.WaitUntilReady();
        });
        thread.Start();
        thread.Join();

        using (worker)
        {
            var reply = await Task.Run(() => worker!.Ask(new WorkerRequest(WorkerOperation.Verify, Good)));
            Assert.IsType<ImageReply.Accepted>(reply);
        }
    }

    [Fact]
    public async Task Picture_ThatTakesTooLong_IsRefusedAndItsWorkerStopped()
    {
        using var workers = Create(options => options.TimeMax = TimeSpan.FromMilliseconds(1));
        var large = Large();

        var reply = await workers.Normalize(large, Any, CancellationToken.None);

        Assert.Equal(ImageFault.TooCostly, Assert.IsType<ImageReply.Refused>(reply).Fault);
        Assert.Empty(workers.ProcessIds);
    }

    [LinuxFact]
    public async Task Picture_ThatTakesTooMuchMemory_IsRefused()
    {
        using var workers = Create(options => options.MemoryMaxMiB = 256);

        // Interlaced, so that all of its 100 million pixels have to be in memory.
        var reply = await workers.Normalize(Interlaced(10_000, 10_000), Any, CancellationToken.None);
        var next = await workers.Normalize(Good, Any, CancellationToken.None);

        Assert.IsType<ImageReply.Refused>(reply);
        Assert.IsType<ImageReply.Accepted>(next);
    }

    [Fact]
    public async Task Workers_ThatHaveNoWork_AreStopped()
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        using var workers = new ImageWorkers(
            Options.Create(new ImagingOptions()), clock, NullLogger<ImageWorkers>.Instance);
        _ = await workers.Normalize(Good, Any, CancellationToken.None);
        Assert.NotEmpty(workers.ProcessIds);

        clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Empty(workers.ProcessIds);
    }

    private static ImageWorkers Create(Action<ImagingOptions>? change = null)
    {
        var options = new ImagingOptions { Workers = 1 };
        change?.Invoke(options);
        return new ImageWorkers(Options.Create(options), TimeProvider.System, NullLogger<ImageWorkers>.Instance);
    }

    private static byte[] Large()
    {
        using var image = NetVips.Image.Gaussnoise(4000, 3000, sigma: 30, mean: 128);
        return image.Cast(NetVips.Enums.BandFormat.Uchar).JpegsaveBuffer(q: 90);
    }

    private static byte[] Interlaced(int width, int height)
    {
        using var image = NetVips.Image.Black(width, height, bands: 4);
        return image.Copy(interpretation: NetVips.Enums.Interpretation.Srgb)
            .PngsaveBuffer(interlace: true, compression: 1);
    }
}
