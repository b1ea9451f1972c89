using ImageMagick;
using NetVips;
using TryOn.Core.Images;
using TryOn.Imaging.Codecs;
using TryOn.Imaging.Protocol;

namespace TryOn.Imaging.Worker;

/// <summary>
/// Runs each operation once on pictures of its own, so that all code has been loaded before files are closed.
/// </summary>
internal static class Rehearsal
{
    private const int Side = 64;

    private static readonly ImageTarget Target = new(
        [ImageFormat.Png, ImageFormat.Jpeg, ImageFormat.WebP], ImageLimits.Default with { SideMin = 1, SideMax = 32 });

    public static void Run()
    {
        _ = HeicDecoder.Available;
        _ = Vips.Load();
        using var black = Image.Black(Side, Side, bands: 4);
        using var picture = black.Copy(interpretation: Enums.Interpretation.Srgb);
        var png = picture.PngsaveBuffer();
        byte[][] files = [png, picture.JpegsaveBuffer(), picture.WebpsaveBuffer(), Bitmap(), png[..40], [1]];
        foreach (var file in files)
        {
            Run(new WorkerRequest(WorkerOperation.Normalize, file, Target));
            Run(new WorkerRequest(WorkerOperation.Verify, file));
            Run(new WorkerRequest(WorkerOperation.Preview, file, Sides: new ImageSides(8, 0)));
        }

        var sides = new ImageSides(Side, Side);
        Run(new WorkerRequest(
            WorkerOperation.NormalizeMask, png, Shown: sides, Sides: new ImageSides(8, 8), BytesMax: png.Length));
    }

    private static void Run(WorkerRequest request)
    {
        using var written = new MemoryStream();
        WorkerMessages.WriteReply(written, ImageOperations.Run(request), request.Content);
        WorkerMessages.WriteRequest(written, request);
    }

    private static byte[] Bitmap()
    {
        using var bitmap = new MagickImage(MagickColors.White, Side, Side);
        return bitmap.ToByteArray(MagickFormat.Bmp);
    }
}
