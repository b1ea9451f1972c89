using System.IO.Compression;
using TryOn.Sandbox.Pictures;

namespace TryOn.Sandbox.Tests.Pictures;

public sealed class PngTests
{
    [Theory]
    [InlineData(255)]
    [InlineData(90)]
    public void Write_AnyPicture_ReadsBackTheSamePixels(byte alphaMin)
    {
        var random = new Random(7);
        var picture = Picture.Blank(37, 23);
        random.NextBytes(picture.Rgba);
        for (var at = 3; at < picture.Rgba.Length; at += 4)
            picture.Rgba[at] = Math.Max(picture.Rgba[at], alphaMin);

        var read = PngReader.Read(PngWriter.Write(picture), pixelsMax: 37 * 23)!;

        Assert.Equal((37, 23), (read.Width, read.Height));
        Assert.Equal(picture.Rgba, read.Rgba);
    }

    // Rows of two RGB pixels, one per filter; the raw values are 10 20 30 / 40 50 60 in every row. Worked out by hand
    // from the specification: Sub keeps the first pixel, Up of an equal row is 0, Average is x - (left + above) / 2,
    // Paeth predicts the equal value above.
    [Fact]
    public void Read_EveryFilter_RestoresTheRow()
    {
        byte[] rows =
        [
            0, 10, 20, 30, 40, 50, 60,
            1, 10, 20, 30, 30, 30, 30,
            2, 0, 0, 0, 0, 0, 0,
            3, 5, 10, 15, 15, 15, 15,
            4, 0, 0, 0, 0, 0, 0,
        ];

        var read = PngReader.Read(Png(new PngHeader(2, 5, PngColor.Rgb), rows), pixelsMax: 10)!;

        for (var y = 0; y < 5; y++)
        {
            Assert.Equal([10, 20, 30, 255], read.Pixel(0, y).ToArray());
            Assert.Equal([40, 50, 60, 255], read.Pixel(1, y).ToArray());
        }
    }

    // The last pixel: left 14, above 2, corner 10, so the guess is 6, as far from above as from corner. Above wins.
    [Fact]
    public void Read_PaethTie_TakesTheOneAbove()
    {
        var read = PngReader.Read(Png(new PngHeader(2, 2, PngColor.Grey), [0, 10, 2, 4, 4, 5]), pixelsMax: 4)!;

        Assert.Equal([14, 7], new[] { read.Pixel(0, 1)[0], read.Pixel(1, 1)[0] });
    }

    [Fact]
    public void Read_Palette_TakesColourAndAlphaFromTables()
    {
        var file = Png(
            new PngHeader(2, 1, PngColor.Palette), [0, 1, 0],
            new PngChunk("PLTE", new byte[] { 1, 2, 3, 4, 5, 6 }), new PngChunk("tRNS", new byte[] { 77 }));

        var read = PngReader.Read(file, pixelsMax: 2)!;

        Assert.Equal([4, 5, 6, 255, 1, 2, 3, 77], read.Rgba);
    }

    [Fact]
    public void Read_PaletteIndexOutside_IsNull()
    {
        var file = Png(new PngHeader(1, 1, PngColor.Palette), [0, 2], new PngChunk("PLTE", new byte[] { 1, 2, 3, 4, 5, 6 }));
        Assert.Null(PngReader.Read(file, pixelsMax: 1));
    }

    [Fact]
    public void Read_GreyWithAndWithoutAlpha_BecomesRgba()
    {
        Assert.Equal([9, 9, 9, 255], PngReader.Read(Png(new PngHeader(1, 1, PngColor.Grey), [0, 9]), 1)!.Rgba);
        Assert.Equal([9, 9, 9, 5], PngReader.Read(Png(new PngHeader(1, 1, PngColor.GreyAlpha), [0, 9, 5]), 1)!.Rgba);
    }

    [Fact]
    public void Read_MorePixelsThanAllowed_IsNull() =>
        Assert.Null(PngReader.Read(Samples.Person, pixelsMax: (320 * 400) - 1));

    [Fact]
    public void Read_CutShortAtAnyByte_IsNull()
    {
        var file = PngWriter.Write(Samples.Boxed(10, 10, Samples.Blue));
        for (var length = 0; length < file.Length; length++)
            Assert.Null(PngReader.Read(file.AsMemory(0, length), pixelsMax: 100));
    }

    [Fact]
    public void Read_AnyByteChanged_IsNull()
    {
        var file = PngWriter.Write(Samples.Boxed(10, 10, Samples.Blue));
        for (var at = 0; at < file.Length; at++)
        {
            var broken = (byte[])file.Clone();
            broken[at] ^= 0x41;
            Assert.Null(PngReader.Read(broken, pixelsMax: 100));
        }
    }

    [Theory]
    [InlineData(8, 16)] // Depth.
    [InlineData(9, 5)] // Colour type.
    [InlineData(12, 1)] // Interlace.
    public void Read_KindNotDecoded_IsNull(int at, byte value)
    {
        var header = new PngHeader(1, 1, PngColor.Grey).ToBytes();
        header[at] = value;
        Assert.Null(PngReader.Read(Png(header, [0, 9]), pixelsMax: 1));
    }

    private static byte[] Png(PngHeader header, byte[] rows, params PngChunk[] tables) => Png(header.ToBytes(), rows, tables);

    private static byte[] Png(byte[] header, byte[] rows, params PngChunk[] tables)
    {
        using var packed = new MemoryStream();
        using (var packing = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            packing.Write(rows);
        using var file = new MemoryStream();
        file.Write(PngChunk.Signature);
        foreach (var chunk in tables.Prepend(new PngChunk("IHDR", header)).Append(new PngChunk("IDAT", packed.ToArray())))
            chunk.WriteTo(file);
        new PngChunk("IEND", default).WriteTo(file);
        return file.ToArray();
    }
}
