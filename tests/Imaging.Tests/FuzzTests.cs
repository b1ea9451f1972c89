using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TryOn.Core.Images;
using TryOn.Imaging.Pool;
using TryOn.Imaging.Tests.Corpus;
using Xunit.Abstractions;

namespace TryOn.Imaging.Tests;

/// <summary>
/// Files that are changed at random. <c>TRYON_FUZZ_MINUTES</c> sets how long it runs, <c>TRYON_FUZZ_SEED</c> repeats a
/// run; <c>make fuzz</c>.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int MemoryMaxMiB = 512;

    private static readonly TimeSpan RunTime = TimeSpan.FromMinutes(Setting("TRYON_FUZZ_MINUTES") ?? 0.1);

    private static readonly ImageTarget Any = new(
        [ImageFormat.Png, ImageFormat.Jpeg, ImageFormat.WebP], ImageLimits.Default with { SideMin = 1 });

    [Fact]
    public async Task Files_ChangedAtRandom_AreTakenOrRefusedInTime()
    {
        var seed = (int)(Setting("TRYON_FUZZ_SEED") ?? 20_261_128);
        var random = new Random(seed);
        var options = new ImagingOptions { Workers = 1, MemoryMaxMiB = MemoryMaxMiB };
        using var workers = new ImageWorkers(
            Options.Create(options), TimeProvider.System, NullLogger<ImageWorkers>.Instance);
        var (files, accepted, costly, slowest, largest) = (0, 0, 0, TimeSpan.Zero, 0L);
        var since = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(since) < RunTime)
        {
            var file = Change(Samples.All[random.Next(Samples.All.Count)].File, random);
            var begun = TimeProvider.System.GetTimestamp();
            var reply = random.Next(3) switch
            {
                0 => await workers.Verify(file, CancellationToken.None),
                1 => await workers.Preview(file, 64, CancellationToken.None),
                _ => await workers.Normalize(file, Any, CancellationToken.None),
            };
            var took = TimeProvider.System.GetElapsedTime(begun);
            slowest = took > slowest ? took : slowest;
            foreach (var id in workers.ProcessIds)
                largest = Math.Max(largest, PeakMemory(id));
            files++;
            accepted += reply is ImageReply.Accepted ? 1 : 0;
            costly += reply is ImageReply.Refused { Fault: ImageFault.TooCostly } ? 1 : 0;
            Assert.False(reply is ImageReply.Unavailable, $"no worker after file {files} of seed {seed}");
        }

        output.WriteLine(
            $"{files} files, {accepted} accepted, {costly} too costly, {workers.Started - 1} workers lost or replaced, "
                + $"slowest {slowest.TotalMilliseconds:F0} ms, most memory {largest >> 20} MiB, seed {seed}");
        Assert.True(slowest < options.TimeMax * 2.5, $"a file took {slowest}");
        Assert.True(largest < (MemoryMaxMiB + 256L) << 20, $"a worker took {largest >> 20} MiB");
        Assert.IsType<ImageReply.Accepted>(
            await workers.Normalize(Samples.Find("png-rgb").File, Any, CancellationToken.None));
    }

    private static byte[] Change(byte[] file, Random random)
    {
        byte[] changed = [.. file];
        for (var changes = random.Next(1, 12); changes > 0; changes--)
        {
            var at = random.Next(changed.Length);
            var length = Math.Min(random.Next(1, 40), changed.Length - at);
            switch (random.Next(6))
            {
                case 0:
                    changed[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    random.NextBytes(changed.AsSpan(at, length));
                    break;
                case 2:
                    changed.AsSpan(at, length).Fill((byte)(random.Next(2) * 0xFF));
                    break;
                case 3 when changed.Length > 64:
                    changed = [.. changed.AsSpan(0, at), .. changed.AsSpan(at + length)];
                    break;
                case 4:
                    changed = [.. changed.AsSpan(0, at), .. changed.AsSpan(at, length), .. changed.AsSpan(at)];
                    break;
                default:
                    // Headers are where lengths and sides are.
                    changed[random.Next(Math.Min(64, changed.Length))] = (byte)random.Next(256);
                    break;
            }

            if (changed.Length < 16)
                return [.. changed, .. new byte[16]];
        }

        return changed;
    }

    private static long PeakMemory(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return process.PeakWorkingSet64;
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            return 0;
        }
    }

    private static double? Setting(string name) =>
        double.TryParse(Environment.GetEnvironmentVariable(name), out var number) ? number : null;
}
