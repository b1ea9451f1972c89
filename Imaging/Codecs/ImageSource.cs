using System.Buffers.Binary;
using ImageMagick;
using NetVips;
using TryOn.Core.Images;

namespace TryOn.Imaging.Codecs;

/// <summary>
/// A file that somebody sent: its header, and its pixels as often as they are needed. Opening checks the header against
/// the limits before memory is taken for pixels.
/// </summary>
internal sealed class ImageSource
{
    /// <summary>
    /// Of HEIC, AVIF, BMP, WebP and GIF, whose pixels are all in memory at once, some bytes each.
    /// </summary>
    private const long PixelsInMemoryMax = 50_000_000;

    private readonly byte[] _file;
    private byte[] _mended;

    private ImageSource(byte[] file, ImageKind kind)
    {
        (_file, _mended, Kind) = (file, file, kind);
    }

    public ImageKind Kind { get; }

    public ImageSides Stored { get; private set; }

    /// <summary>As a viewer shows it.</summary>
    public ImageSides Shown => Orientation is >= 5 and <= 8 ? new ImageSides(Stored.Height, Stored.Width) : Stored;

    /// <summary>1 to 8, as EXIF numbers them; 1 where the picture is upright.</summary>
    public int Orientation { get; private set; } = 1;

    public bool HasAlpha { get; private set; }

    /// <summary>Whether it holds more than one picture: an animation, or pages.</summary>
    public bool HasPages { get; private set; }

    public bool IsEightBitSrgbOrGrey { get; private set; }

    /// <summary>Whether the file is not as its format wants it, though every pixel is there.</summary>
    public bool IsMended { get; private set; }

    /// <summary>The type and the checksum of a PNG's last chunk. Its pixels may be there without it.</summary>
    private static ReadOnlySpan<byte> PngEnd => [(byte)'I', (byte)'E', (byte)'N', (byte)'D', 0xAE, 0x42, 0x60, 0x82];

    private bool Progressive { get; set; }

    /// <exception cref="ImageFaultException">It is refused.</exception>
    public static ImageSource Open(byte[] file, ImageLimits limits)
    {
        if (file.Length > limits.BytesMax)
        {
            throw new ImageFaultException(
                ImageFault.TooManyBytes, $"The image is {file.Length} bytes; at most {limits.BytesMax} are allowed.");
        }

        var kind = ImageKinds.Recognize(file);
        if (kind == ImageKind.None)
        {
            throw ImageKinds.NameForeign(file) is { } name
                ? new ImageFaultException(
                    ImageFault.UnsupportedFormat, $"The file is {name}; send {ImageKinds.Names}.")
                : new ImageFaultException(ImageFault.NotAnImage, $"The file is not an image; send {ImageKinds.Names}.");
        }

        var source = new ImageSource(file, kind);
        source.ReadHeader();
        source.Check(limits);
        return source;
    }

    /// <summary>The pixels, upright, in sRGB, of 8 bits, with 3 bands or 4.</summary>
    /// <param name="shrink">A JPEG may be decoded smaller at once: 1, 2, 4 or 8.</param>
    public Image Decode(int shrink = 1) => ColourConversion.ToSrgb(Raw(shrink).Then(Upright));

    /// <summary>
    /// The pixels as they are stored. Whatever the JPEG decoder reports is an error: it goes on after a warning, with
    /// pixels of its own invention.
    /// </summary>
    public Image Raw(int shrink = 1) => Kind switch
    {
        ImageKind.Heic when HeicDecoder.Available => HeicDecoder.Decode(_file),
        ImageKind.Heic or ImageKind.Bmp => MagickDecoder.Decode(_file, Kind),
        ImageKind.Jpeg => Image.JpegloadBuffer(
            _mended, shrink: shrink, access: Enums.Access.Sequential, failOn: Enums.FailOn.Warning),
        ImageKind.Png => Image.NewFromBuffer(
            _mended, access: Enums.Access.Sequential, failOn: Enums.FailOn.Error),
        _ => Image.NewFromBuffer(_mended, failOn: Enums.FailOn.Error),
    };

    /// <summary>
    /// Runs a step that reads every pixel. A JPEG that cannot be read as it is may have stray bytes before its pixels,
    /// or lack its end marker: the decoder looks ahead, and takes the end of the file for the end of the pixels.
    /// </summary>
    /// <exception cref="ImageFaultException">A pixel is missing or damaged.</exception>
    public T ReadAll<T>(Func<T> step)
    {
        try
        {
            return step();
        }
        catch (VipsException failure) when (Kind == ImageKind.Jpeg && !IsMended)
        {
            _mended = JpegSegments.Mend(_file, addEnd: !Progressive);
            if (ReferenceEquals(_mended, _file))
                throw Damaged(failure);
            IsMended = true;
            return ReadAll(step);
        }
        catch (VipsException failure)
        {
            throw Damaged(failure);
        }
        catch (MagickException failure)
        {
            throw Damaged(failure);
        }
    }

    /// <summary>Reads every pixel and keeps none.</summary>
    /// <exception cref="ImageFaultException">A pixel is missing or damaged.</exception>
    public void CheckPixels() => ReadAll(() =>
    {
        using var raw = Raw();
        return raw.Avg();
    });

    private static ImageFaultException Damaged(Exception failure) =>
        failure.Message.Contains("memory", StringComparison.OrdinalIgnoreCase)
            ? new ImageFaultException(
                ImageFault.TooCostly, "The image takes more memory to decode than an image is given.")
            : new ImageFaultException(ImageFault.Corrupt, "The image is damaged and cannot be decoded.");

    private void ReadHeader()
    {
        try
        {
            if (Kind is ImageKind.Heic or ImageKind.Bmp)
            {
                (Stored, HasAlpha) = Kind == ImageKind.Heic && HeicDecoder.Available
                    ? HeicDecoder.ReadHeader(_file)
                    : MagickDecoder.ReadHeader(_file, Kind);
                return;
            }

            using var header = OpenHeader();
            var fields = header.GetFields();
            Stored = new ImageSides(header.Width, header.Height);
            Orientation = fields.Contains("orientation") && header.Get("orientation") is int and >= 1 and <= 8
                ? (int)header.Get("orientation") : JpegOrientation();
            HasAlpha = header.HasAlpha();
            HasPages = fields.Contains("n-pages") && (int)header.Get("n-pages") > 1;
            IsMended |= Kind == ImageKind.Png && _file.AsSpan().LastIndexOf(PngEnd) < 0;
            Progressive = fields.Contains("interlaced")
                || (fields.Contains("jpeg-multiscan") && (int)header.Get("jpeg-multiscan") != 0);
            IsEightBitSrgbOrGrey = header.Format == Enums.BandFormat.Uchar
                && header.Interpretation is Enums.Interpretation.Srgb or Enums.Interpretation.Bw;
        }
        catch (VipsException failure)
        {
            throw Damaged(failure);
        }
        catch (MagickException failure)
        {
            throw Damaged(failure);
        }
    }

    /// <summary>
    /// Some programs write a WebP whose length field is one too large. The file's own length is right.
    /// </summary>
    private Image OpenHeader()
    {
        try
        {
            return Image.NewFromBuffer(_mended);
        }
        catch (VipsException) when (Kind == ImageKind.WebP)
        {
            _mended = [.. _file];
            BinaryPrimitives.WriteInt32LittleEndian(_mended.AsSpan(4), (_file.Length - 8) & ~1);
            IsMended = true;
            return Image.NewFromBuffer(_mended);
        }
    }

    /// <summary>
    /// A second EXIF block counts where the first one has no orientation, as in browsers; libvips reads the first only.
    /// </summary>
    private int JpegOrientation() => Kind == ImageKind.Jpeg ? MagickDecoder.ReadOrientation(_file) : 1;

    private Image Upright(Image stored)
    {
        if (Orientation == 1 || Kind is ImageKind.Heic or ImageKind.Bmp)
            return stored.Copy();
        using var marked = stored.Mutate(image => image.Set(GValue.GIntType, "orientation", Orientation));
        // Rows come in another order then, so the pixels have to be at hand.
        using var ready = marked.CopyMemory();
        return ready.Autorot();
    }

    private void Check(ImageLimits limits)
    {
        var size = $"The image is {Shown} pixels";
        if (Math.Max(Stored.Width, Stored.Height) > limits.SideMax)
        {
            throw new ImageFaultException(
                ImageFault.TooLarge, $"{size}; the longest side allowed is {limits.SideMax}.");
        }

        if (Math.Min(Stored.Width, Stored.Height) < limits.SideMin)
        {
            throw new ImageFaultException(
                ImageFault.TooSmall, $"{size}; the shortest side allowed is {limits.SideMin}.");
        }

        var inMemory = Kind is ImageKind.Heic or ImageKind.Avif or ImageKind.Bmp or ImageKind.WebP or ImageKind.Gif;
        var pixelsMax = Math.Min(limits.PixelsMax, inMemory ? PixelsInMemoryMax : long.MaxValue);
        if (Stored.Pixels > pixelsMax)
        {
            throw new ImageFaultException(
                ImageFault.TooLarge, $"{size}, {Stored.Pixels} in all; at most {pixelsMax} are allowed.");
        }
    }
}
