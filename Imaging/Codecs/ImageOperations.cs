using System.Runtime.InteropServices;
using NetVips;
using TryOn.Core.Images;
using TryOn.Imaging.Protocol;

namespace TryOn.Imaging.Codecs;

/// <summary>What a worker does with a picture. Time and memory are limited from outside the process.</summary>
internal static class ImageOperations
{
    private const int PreviewQuality = 80;
    private const int WebPSideMax = 16_383;

    /// <summary>A picture has at least this many pixels a side to count as a result.</summary>
    private const int ResultSideMin = 16;

    private static readonly ImageLimits ResultLimits = new(
        ResultSideMin, SideMax: 16_384, PixelsMax: 100_000_000, BytesMax: 48 * 1024 * 1024);

    public static ImageReply Run(WorkerRequest request)
    {
        try
        {
            return request.Operation switch
            {
                WorkerOperation.Normalize => InputOperation.Normalize(request.Content, request.Target!),
                WorkerOperation.NormalizeMask => MaskOperation.Normalize(request),
                WorkerOperation.Verify => Verify(request.Content),
                WorkerOperation.Preview => Preview(request.Content, request.Sides.Width),
                _ => throw new ArgumentOutOfRangeException(nameof(request)),
            };
        }
        catch (ImageFaultException refused)
        {
            return new ImageReply.Refused(refused.Fault, refused.Message);
        }
        catch (Exception failure) when (failure is VipsException or ImageMagick.MagickException)
        {
            return new ImageReply.Refused(ImageFault.Corrupt, "The image is damaged and cannot be decoded.");
        }
        catch (OutOfMemoryException)
        {
            return new ImageReply.Refused(
                ImageFault.TooCostly, "The image takes more memory to decode than an image is given.");
        }
    }

    private static ImageReply.Accepted Verify(byte[] content)
    {
        var source = ImageSource.Open(content, ResultLimits);
        var signed = content.AsSpan().IndexOf("c2pa"u8) >= 0 && content.AsSpan().IndexOf("jumb"u8) >= 0;
        var kept = PassThrough.FormatOfResult(source, content);
        if (kept is not null)
            source.CheckPixels();
        // Only reading it shows whether a JPEG had to be mended.
        if (kept is { } format && !source.IsMended)
        {
            return new ImageReply.Accepted(
                new ImageInfo(format, source.Shown), content, source.Shown,
                signed ? ContentCredentials.Kept : ContentCredentials.None);
        }

        var written = source.Kind switch
        {
            ImageKind.Jpeg => ImageFormat.Jpeg,
            ImageKind.WebP => ImageFormat.WebP,
            _ => ImageFormat.Png,
        };
        return new ImageReply.Accepted(
            new ImageInfo(written, source.Shown), source.ReadAll(() => ImageEncoder.Encode(source, written, scale: 1)),
            source.Shown, signed ? ContentCredentials.Removed : ContentCredentials.None);
    }

    private static ImageReply.Accepted Preview(byte[] content, int width)
    {
        var source = ImageSource.Open(content, ResultLimits);
        var scale = Math.Min(
            1, Math.Min((double)width / source.Shown.Width, (double)WebPSideMax / source.Shown.Height));
        var preview = source.ReadAll(() => ImageEncoder.Encode(source, ImageFormat.WebP, scale, PreviewQuality));
        var sides = ImageEncoder.Scaled(source.Shown, scale);
        return new ImageReply.Accepted(new ImageInfo(ImageFormat.WebP, sides), preview, source.Shown);
    }
}
