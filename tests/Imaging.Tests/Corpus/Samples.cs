using System.Reflection;
using ImageMagick;
using NetVips;

namespace TryOn.Imaging.Tests.Corpus;

/// <summary>Whole pictures of every format, colour space, depth and orientation.</summary>
internal static class Samples
{
    public static IReadOnlyList<Sample> All { get; } = [.. Create()];

    public static Sample Find(string name) => All.First(sample => sample.Name == name);

    private static IEnumerable<Sample> Create() =>
        [.. Oriented(), .. Jpegs(), .. Pngs(), .. WebPs(), .. Gifs(), .. Tiffs(), .. Avifs(), .. Bitmaps(), .. Heics()];

    /// <summary>Stored in each of the eight ways that EXIF knows, so that all are shown the same.</summary>
    private static IEnumerable<Sample> Oriented()
    {
        for (var orientation = 1; orientation <= 8; orientation++)
        {
            using var stored = Turn(Pattern.Create(), orientation);
            var value = orientation;
            using var marked = stored.Mutate(image => image.Set(GValue.GIntType, "orientation", value));
            yield return new($"jpeg-orientation-{orientation}", marked.JpegsaveBuffer(q: 92));
            yield return new($"png-orientation-{orientation}", marked.PngsaveBuffer(), 1);
            yield return new($"webp-orientation-{orientation}", marked.WebpsaveBuffer(lossless: true));
            yield return new($"tiff-orientation-{orientation}", marked.TiffsaveBuffer());
        }
    }

    private static IEnumerable<Sample> Jpegs()
    {
        using var image = Pattern.Create();
        foreach (var quality in (int[])[40, 75, 100])
            yield return new($"jpeg-quality-{quality}", image.JpegsaveBuffer(q: quality), quality < 50 ? 6 : 4);
        yield return new("jpeg-progressive",
            image.JpegsaveBuffer(q: 92, interlace: true, keep: Enums.ForeignKeep.None));
        yield return new("jpeg-progressive-444",
            image.JpegsaveBuffer(q: 92, interlace: true, subsampleMode: Enums.ForeignSubsample.Off));
        yield return new("jpeg-444",
            image.JpegsaveBuffer(q: 92, subsampleMode: Enums.ForeignSubsample.Off, keep: Enums.ForeignKeep.None));
        yield return new("jpeg-420", image.JpegsaveBuffer(q: 92, subsampleMode: Enums.ForeignSubsample.On));
        yield return new("jpeg-restart-markers", image.JpegsaveBuffer(q: 92, restartInterval: 4));
        yield return new("jpeg-optimized", image.JpegsaveBuffer(q: 92, optimizeCoding: true));
        yield return new("jpeg-trellis", image.JpegsaveBuffer(q: 92, trellisQuant: true));
        yield return new("jpeg-grey", image.Colourspace(Enums.Interpretation.Bw).JpegsaveBuffer(q: 92), 6, Grey: true);
        // No profile says what the inks look like, so only the broad colours can be right.
        yield return new("jpeg-cmyk", Cmyk().JpegsaveBuffer(q: 92, keep: Enums.ForeignKeep.None), 60);
        yield return new("jpeg-cmyk-profile", Cmyk().JpegsaveBuffer(q: 95), 25);
        yield return new("jpeg-display-p3", image.IccTransform("p3", inputProfile: "srgb").JpegsaveBuffer(q: 95), 5);
        yield return new("jpeg-srgb-profile", image.JpegsaveBuffer(q: 92, profile: "srgb"));
        yield return new("jpeg-no-end-marker", image.JpegsaveBuffer(q: 92)[..^2]);
        yield return new("jpeg-trailing-bytes", [.. image.JpegsaveBuffer(q: 92), .. new byte[100]]);
        yield return new("jpeg-stray-bytes", Mutations.StrayBytes(image.JpegsaveBuffer(q: 92)));
        yield return new("jpeg-without-huffman-tables", Mutations.WithoutHuffmanTables(image.JpegsaveBuffer(q: 92)));
        var turned = Oriented().First(one => one.Name == "jpeg-orientation-6");
        yield return new("jpeg-second-exif-block", Mutations.EmptyExifFirst(turned.File));
    }

    private static IEnumerable<Sample> Pngs()
    {
        using var image = Pattern.Create();
        using var transparent = Pattern.Create(alpha: true);
        using var grey = image.Colourspace(Enums.Interpretation.Bw);
        yield return new("png-rgb", image.PngsaveBuffer(keep: Enums.ForeignKeep.None), 1);
        yield return new("png-rgba", transparent.PngsaveBuffer(), 1, Alpha: true);
        yield return new("png-interlaced", image.PngsaveBuffer(interlace: true), 1);
        yield return new("png-interlaced-alpha", transparent.PngsaveBuffer(interlace: true), 1, Alpha: true);
        yield return new("png-rgb-16", image.Colourspace(Enums.Interpretation.Rgb16).PngsaveBuffer(), 2);
        yield return new("png-rgba-16",
            transparent.Colourspace(Enums.Interpretation.Rgb16).PngsaveBuffer(), 2, Alpha: true);
        yield return new("png-rgb-16-profile", Wide(image).PngsaveBuffer(profile: "srgb"), 2);
        yield return new("png-rgba-16-profile", Wide(transparent).PngsaveBuffer(profile: "srgb"), 2, Alpha: true);
        yield return new("png-grey", grey.PngsaveBuffer(), 6, Grey: true);
        yield return new("png-grey-16", image.Colourspace(Enums.Interpretation.Grey16).PngsaveBuffer(), 6, Grey: true);
        foreach (var bits in (int[])[1, 2, 4, 8])
        {
            yield return new(
                $"png-palette-{bits}", image.PngsaveBuffer(palette: true, bitdepth: bits),
                bits switch { 1 => 70, 2 => 16, _ => 6 });
        }

        yield return new("png-palette-alpha", transparent.PngsaveBuffer(palette: true), 6, Alpha: true);
        yield return new("png-level-0", image.PngsaveBuffer(compression: 0), 1);
        yield return new("png-level-9", image.PngsaveBuffer(compression: 9, filter: Enums.ForeignPngFilter.All), 1);
        yield return new("png-display-p3", image.IccTransform("p3", inputProfile: "srgb").PngsaveBuffer(), 2);
        yield return new("png-text-chunk", Text(image), 1);
        yield return new("png-wrong-checksum-of-text", Mutations.WrongTextChecksum(Text(image)), 1);
        yield return new("png-one-frame-animation", Mutations.OneFrameAnimation(image.PngsaveBuffer()), 1);
        yield return new("png-trailing-page", [.. image.PngsaveBuffer(), .. "<script>"u8], 1);
    }

    private static IEnumerable<Sample> WebPs()
    {
        using var image = Pattern.Create();
        using var transparent = Pattern.Create(alpha: true);
        yield return new("webp-lossy", image.WebpsaveBuffer(q: 92, keep: Enums.ForeignKeep.None), 4);
        yield return new("webp-lossless", image.WebpsaveBuffer(lossless: true, keep: Enums.ForeignKeep.None));
        yield return new("webp-lossy-alpha", transparent.WebpsaveBuffer(q: 92), 4, Alpha: true);
        yield return new("webp-lossless-alpha",
            transparent.WebpsaveBuffer(lossless: true, keep: Enums.ForeignKeep.None), 1, Alpha: true);
        yield return new("webp-length-one-too-large", Mutations.RiffLengthPlusOne(image.WebpsaveBuffer(q: 92)), 4);
        using var pages = Image.Arrayjoin([image, image], across: 1);
        using var animated = pages.Mutate(copy => copy.Set(GValue.GIntType, "page-height", Pattern.Height));
        yield return new("webp-animated", animated.WebpsaveBuffer(q: 92), 4);
    }

    private static IEnumerable<Sample> Gifs()
    {
        using var image = Pattern.Create();
        using var pages = Image.Arrayjoin([image, image], across: 1);
        using var animated = pages.Mutate(copy => copy.Set(GValue.GIntType, "page-height", Pattern.Height));
        yield return new("gif-plain", image.GifsaveBuffer(), 6);
        yield return new("gif-interlaced", image.GifsaveBuffer(interlace: true), 6);
        yield return new("gif-animated", animated.GifsaveBuffer(), 6);
        yield return new("gif-few-colours", image.GifsaveBuffer(bitdepth: 3), 16);
    }

    private static IEnumerable<Sample> Tiffs()
    {
        using var image = Pattern.Create();
        using var transparent = Pattern.Create(alpha: true);
        foreach (var compression in (Enums.ForeignTiffCompression[])
            [Enums.ForeignTiffCompression.None, Enums.ForeignTiffCompression.Lzw, Enums.ForeignTiffCompression.Deflate,
            Enums.ForeignTiffCompression.Jpeg, Enums.ForeignTiffCompression.Packbits])
        {
            yield return new(
                $"tiff-{compression.ToString().ToLowerInvariant()}", image.TiffsaveBuffer(compression: compression),
                4);
        }

        yield return new("tiff-alpha", transparent.TiffsaveBuffer(), 4, Alpha: true);
        yield return new("tiff-tiled", image.TiffsaveBuffer(tile: true));
        yield return new("tiff-16", image.Colourspace(Enums.Interpretation.Rgb16).TiffsaveBuffer());
        yield return new("tiff-16-profile", Wide(image).TiffsaveBuffer(profile: "srgb"), 3);
        yield return new("tiff-float", image.Colourspace(Enums.Interpretation.Scrgb).TiffsaveBuffer(), 4);
        yield return new("tiff-cmyk", Cmyk().TiffsaveBuffer(), 25);
        yield return new("tiff-lab", image.Colourspace(Enums.Interpretation.Lab).TiffsaveBuffer(), 4);
        yield return new("tiff-grey", image.Colourspace(Enums.Interpretation.Bw).TiffsaveBuffer(), 6, Grey: true);
        yield return new("tiff-big", image.TiffsaveBuffer(bigtiff: true));
    }

    private static IEnumerable<Sample> Avifs()
    {
        using var image = Pattern.Create();
        using var transparent = Pattern.Create(alpha: true);
        const Enums.ForeignHeifCompression Av1 = Enums.ForeignHeifCompression.Av1;
        yield return new("avif-lossy", image.HeifsaveBuffer(q: 80, compression: Av1, effort: 0), 6);
        yield return new("avif-lossless", image.HeifsaveBuffer(lossless: true, compression: Av1, effort: 0), 4);
        yield return new("avif-alpha", transparent.HeifsaveBuffer(q: 80, compression: Av1, effort: 0), 6, Alpha: true);
        foreach (var bits in (int[])[10, 12])
        {
            yield return new(
                $"avif-{bits}",
                image.Colourspace(Enums.Interpretation.Rgb16).HeifsaveBuffer(
                    q: 90, bitdepth: bits, compression: Av1, effort: 0),
                6);
        }

        yield return new("avif-10-profile",
            Wide(image).HeifsaveBuffer(q: 90, bitdepth: 10, compression: Av1, effort: 0, profile: "srgb"), 6);
        yield return new("avif-grey",
            image.Colourspace(Enums.Interpretation.Bw).HeifsaveBuffer(q: 80, compression: Av1, effort: 0), 8,
            Grey: true);
    }

    private static IEnumerable<Sample> Bitmaps()
    {
        using var image = new MagickImage(Pattern.Create().PngsaveBuffer());
        yield return new("bmp-24", image.ToByteArray(MagickFormat.Bmp), 1);
        yield return new("bmp-old", image.ToByteArray(MagickFormat.Bmp3), 1);
        using var few = (MagickImage)image.Clone();
        few.Quantize(new QuantizeSettings { Colors = 64 });
        yield return new("bmp-palette", few.ToByteArray(MagickFormat.Bmp3), 8);
    }

    /// <summary>
    /// Made from the pattern by heif-enc 1.15 with x265: no library here writes HEIC.
    /// </summary>
    private static IEnumerable<Sample> Heics()
    {
        yield return new("heic-8", Resource("pattern-8.heic"), 6);
        yield return new("heic-lossless", Resource("pattern-lossless.heic"), 4);
        yield return new("heic-alpha", Resource("pattern-alpha.heic"), 6, Alpha: true);
    }

    private static byte[] Resource(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static Image Wide(Image image) => image.Colourspace(Enums.Interpretation.Rgb16);

    private static Image Cmyk() => Pattern.Create().Colourspace(Enums.Interpretation.Cmyk);

    private static byte[] Text(Image image)
    {
        var png = image.PngsaveBuffer();
        return Mutations.Insert(
            png, png.AsSpan().IndexOf("IDAT"u8) - 4, Mutations.Chunk("tEXt"u8, "Software\0a camera of somebody's"u8));
    }

    /// <summary>So that a viewer, who undoes it, shows the picture upright (EXIF 2.32, tag 0112).</summary>
    private static Image Turn(Image image, int orientation) => orientation switch
    {
        2 => image.FlipHor(),
        3 => image.Rot180(),
        4 => image.FlipVer(),
        5 => image.Rot270().FlipVer(),
        6 => image.Rot270(),
        7 => image.Rot90().FlipVer(),
        8 => image.Rot90(),
        _ => image,
    };
}
