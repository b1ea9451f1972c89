using System.Diagnostics;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NetVips;
using TryOn.Core.Images;
using TryOn.Imaging.Pool;

namespace TryOn.Throughput;

/// <summary>
/// What it costs to take a picture in, and to verify a result, beside the container checks of a build before 0015. The
/// two take turns in one run.
/// </summary>
internal static class Pictures
{
    private const int Rounds = 5;
    private const int PicturesPerRound = 20;

    private static readonly ImageTarget Target = new(
        [ImageFormat.Png, ImageFormat.Jpeg, ImageFormat.WebP], ImageLimits.Default);

    /// <param name="baseline">An older TryOn.Core.dll; null to measure this build alone.</param>
    public static async Task Run(string? baseline)
    {
        using var workers = new ImageWorkers(
            Options.Create(new ImagingOptions { Workers = 1 }), TimeProvider.System,
            NullLogger<ImageWorkers>.Instance);
        var check = baseline is null ? null : LoadCheck(Path.GetFullPath(baseline));
        Console.WriteLine("| picture | bytes | before, ms | now, ms | peak of the worker, MB |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (var (name, file) in Files())
        {
            foreach (var (operation, run) in Operations(workers, file))
            {
                var (before, now) = (new List<double>(), new List<double>());
                await run();
                check?.Invoke(file);
                for (var round = 0; round < Rounds; round++)
                {
                    if (check is not null)
                        before.Add(await Measure(() => { check(file); return Task.CompletedTask; }));
                    now.Add(await Measure(run));
                }

                Console.WriteLine(
                    $"| {name}, {operation} | {file.Length:N0} | {Median(before)} | {Median(now)} | {Peak()} |");
            }
        }
    }

    private static IEnumerable<(string Operation, Func<Task> Run)> Operations(ImageWorkers workers, byte[] file)
    {
        yield return ("input", () => workers.Normalize(file, Target, CancellationToken.None));
        yield return ("result", () => workers.Verify(file, CancellationToken.None));
    }

    /// <summary>Noise, so that files are as large as photos of these sides are.</summary>
    private static IEnumerable<(string Name, byte[] File)> Files()
    {
        yield return ("small JPEG", Noise(320, 400, sigma: 12).JpegsaveBuffer(q: 75, keep: Enums.ForeignKeep.None));
        yield return ("phone photo, 12 MP JPEG", Turned(Noise(4032, 3024, sigma: 9)).JpegsaveBuffer(q: 85));
        yield return ("PNG of 768 x 1024", Noise(768, 1024, sigma: 6).PngsaveBuffer(keep: Enums.ForeignKeep.None));
        yield return ("JPEG of 1 MP", Noise(896, 1152, sigma: 12).JpegsaveBuffer(q: 92, keep: Enums.ForeignKeep.None));
    }

    private static Image Noise(int width, int height, int sigma)
    {
        using var noise = Image.Gaussnoise(width, height, sigma: sigma, mean: 120);
        using var grey = noise.Cast(Enums.BandFormat.Uchar);
        using var coloured = grey.Bandjoin([grey, grey]);
        return coloured.Copy(interpretation: Enums.Interpretation.Srgb);
    }

    private static Image Turned(Image image) => image.Mutate(copy => copy.Set(GValue.GIntType, "orientation", 6));

    private static async Task<double> Measure(Func<Task> run)
    {
        var before = Cpu();
        for (var number = 0; number < PicturesPerRound; number++)
            await run();
        return (Cpu() - before).TotalMilliseconds / PicturesPerRound;
    }

    private static TimeSpan Cpu() => Children.WithChildren(Process.GetCurrentProcess())
        .Aggregate(TimeSpan.Zero, (sum, process) => sum + process.TotalProcessorTime);

    private static long Peak() => Children.WithChildren(Process.GetCurrentProcess()).Skip(1)
        .Select(process => process.PeakWorkingSet64 >> 20).DefaultIfEmpty().Max();

    private static string Median(List<double> values) =>
        values.Count == 0 ? "-" : $"{values.Order().ElementAt(values.Count / 2):F1}";

    /// <summary>The former <c>ImageInspector.Check</c> and its limits, by name: the types are no longer here.</summary>
    private static Action<byte[]> LoadCheck(string path)
    {
        var core = new AssemblyLoadContext("baseline").LoadFromAssemblyPath(path);
        var limits = core.GetType("TryOn.Core.Images.ImageLimits")!.GetProperty("Default")!.GetValue(null);
        var check = core.GetType("TryOn.Core.Images.ImageInspector")!
            .GetMethod("Check", BindingFlags.Public | BindingFlags.Static)!;
        return file => check.Invoke(null, [new ReadOnlyMemory<byte>(file), limits]);
    }
}
