using System.Collections.Immutable;
using TryOn.Core.Images;

namespace TryOn.Imaging.Codecs;

/// <summary>Makes a caller's picture into one that an upstream takes.</summary>
internal static class InputOperation
{
    /// <summary>Tried in this order, until the file is small enough; then the sides shrink as well.</summary>
    private static readonly ImmutableArray<int> Qualities = [ImageEncoder.QualityMax, 88, 80];

    private const double Shrink = 0.75;

    public static ImageReply.Accepted Normalize(byte[] content, ImageTarget target)
    {
        var source = ImageSource.Open(content, ImageLimits.Source);
        var limits = target.Limits;
        if (Shorter(source.Shown) < limits.SideMin)
            throw TooSmall(source.Shown, limits, scaled: null);
        var bySide = (double)limits.SideMax / Longer(source.Shown);
        var byPixels = Math.Sqrt((double)limits.PixelsMax / source.Shown.Pixels);
        var scale = Math.Min(1, Math.Min(bySide, byPixels));
        if (scale >= 1 && content.Length <= limits.BytesMax && PassThrough.FormatOfInput(source, content) is { } format
            && target.Formats.Contains(format))
        {
            source.CheckPixels();
            if (!source.IsMended)
                return new ImageReply.Accepted(new ImageInfo(format, source.Shown), content, source.Shown);
        }

        return Encode(source, target, scale);
    }

    private static ImageReply.Accepted Encode(ImageSource source, ImageTarget target, double scale)
    {
        foreach (var format in Formats(source, target))
        {
            for (var (step, shrunk) = (0, scale); ; step++)
            {
                var sides = ImageEncoder.Scaled(source.Shown, shrunk);
                if (Shorter(sides) < target.Limits.SideMin)
                    throw TooSmall(source.Shown, target.Limits, sides);
                var quality = Qualities[Math.Min(step, Qualities.Length - 1)];
                var (now, factor) = (format, shrunk);
                var written = source.ReadAll(() => ImageEncoder.Encode(source, now, factor, quality));
                if (written.Length <= target.Limits.BytesMax)
                    return new ImageReply.Accepted(new ImageInfo(format, sides), written, source.Shown);
                // A lossless file that is too large is better sent as a JPEG of full size than scaled down.
                if (format == ImageFormat.Png && !source.HasAlpha && target.Formats.Contains(ImageFormat.Jpeg))
                    break;
                if (format == ImageFormat.Png || step >= Qualities.Length - 1)
                    shrunk *= Shrink;
            }
        }

        throw new InvalidOperationException("Every picture becomes small enough in the end.");
    }

    /// <summary>What was lossless stays so where it can; photos become JPEG, and what is transparent PNG.</summary>
    private static IEnumerable<ImageFormat> Formats(ImageSource source, ImageTarget target)
    {
        var lossless = source.HasAlpha || source.Kind is ImageKind.Png or ImageKind.Gif or ImageKind.Bmp;
        ImageFormat[] wanted = lossless
            ? [ImageFormat.Png, ImageFormat.Jpeg, ImageFormat.WebP]
            : [ImageFormat.Jpeg, ImageFormat.Png, ImageFormat.WebP];
        return wanted.Where(target.Formats.Contains);
    }

    private static ImageFaultException TooSmall(ImageSides shown, ImageLimits limits, ImageSides? scaled) => new(
        ImageFault.TooSmall,
        $"The image is {shown} pixels; the shortest side allowed is {limits.SideMin}"
            + (scaled is { } sides ? $", and made to fit the other limits it would be {sides}." : "."));

    private static int Longer(ImageSides sides) => Math.Max(sides.Width, sides.Height);

    private static int Shorter(ImageSides sides) => Math.Min(sides.Width, sides.Height);
}
