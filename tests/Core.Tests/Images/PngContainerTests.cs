using System.Text;
using TryOn.Core.Images;
using static TryOn.Core.Tests.Images.PictureFixture;
using static TryOn.Core.Tests.Images.PngFixture;

namespace TryOn.Core.Tests.Images;

public sealed class PngContainerTests
{
    [Theory]
    [InlineData("tEXt")]
    [InlineData("zTXt")]
    [InlineData("iTXt")]
    [InlineData("tIME")]
    [InlineData("eXIf")]
    [InlineData("prVt")]
    public void Chunk_OfMetadata_IsDropped(string type) =>
        Assert.Equal(Plain(), Accept(With(Chunk(type, Encoding.ASCII.GetBytes("CANARY")))).Content);

    [Theory]
    [InlineData("sRGB", 1)]
    [InlineData("gAMA", 4)]
    [InlineData("cHRM", 32)]
    [InlineData("tRNS", 6)]
    public void Chunk_ThatPixelsNeed_StaysOnceAndBeforeThem(string type, int length)
    {
        var chunk = Chunk(type, new byte[length]);
        var sound = With(chunk);

        Assert.Same(sound, Accept(sound).Content);
        Assert.Equal(sound, Accept(With(chunk, chunk)).Content);
        Assert.Equal(Plain(), Accept(With(Chunk(type, new byte[length + 1]))).Content);
        Assert.Equal(Plain(), Accept(Encode(Header(), Pixels(), chunk, End)).Content);
    }

    [Fact]
    public void Profile_WithoutAName_IsDropped() =>
        Assert.Equal(Plain(), Accept(With(Chunk("iCCP", 0, 0, 1, 2, 3))).Content);

    [Fact]
    public void Chunk_OfAnimation_IsRefused() =>
        Assert.Equal(ImageFault.Animated, Refuse(With(Chunk("acTL", new byte[8]))));

    [Fact]
    public void Order_ThatNoPngHas_IsCorrupt()
    {
        var (header, pixels, text) = (Header(), Pixels(), Chunk("tEXt"));
        byte[][] broken =
        [
            Encode(pixels, End), Encode(text, header, pixels, End), Encode(header, header, pixels, End),
            Encode(header, End),
            Encode(header, pixels, text, pixels, End), Encode(header, Chunk("IDAT"), End),
            Encode(header, pixels, Chunk("IEND", 1)), Encode(header, pixels, Chunk("PLTE", 1, 2, 3), End),
            With(Chunk("PLTE", 1, 2)), With(Chunk("PLTE")), With(Chunk("CgBI", 1)), With(Chunk("a\tbc")),
            Encode(Header(colour: 3), pixels, End), Encode(Header(colour: 0), Chunk("PLTE", 1, 2, 3), pixels, End),
            Encode(Header(depth: 1, colour: 3), Chunk("PLTE", new byte[9]), pixels, End),
        ];

        Assert.All(broken, png => Assert.Equal(ImageFault.Corrupt, Refuse(png)));
    }

    [Fact]
    public void Palette_WithTransparency_IsKept()
    {
        var header = Header(depth: 2, colour: 3);
        var palette = Chunk("PLTE", new byte[12]);
        var sound = Encode(header, palette, Chunk("tRNS", new byte[4]), Pixels(), End);

        Assert.Same(sound, Accept(sound).Content);
        Assert.Equal(
            Encode(header, palette, Pixels(), End),
            Accept(Encode(header, palette, Chunk("tRNS", new byte[5]), Pixels(), End)).Content);
    }

    [Fact]
    public void Header_OfEachKind_IsJudgedByTheTable()
    {
        string[] lawful =
        [
            "1/0", "2/0", "4/0", "8/0", "16/0", "8/2", "16/2", "1/3", "2/3", "4/3", "8/3", "8/4", "16/4", "8/6", "16/6",
        ];
        foreach (var depth in Enumerable.Range(0, 20))
        {
            foreach (var colour in Enumerable.Range(0, 9))
            {
                byte[][] palette = colour == 3 ? [Chunk("PLTE", 1, 2, 3)] : [];
                var png = Encode([Header(depth: (byte)depth, colour: (byte)colour), .. palette, Pixels(), End]);
                Assert.Equal(lawful.Contains($"{depth}/{colour}"), Check(png) is ImageCheck.Accepted);
            }
        }
    }

    [Theory]
    [InlineData(0, 72, 0)]
    [InlineData(-1, 72, 0)]
    [InlineData(64, 0, 0)]
    [InlineData(64, 72, 2)]
    public void Header_WithAWrongField_IsCorrupt(int width, int height, byte interlace) => Assert.Equal(
        ImageFault.Corrupt, Refuse(Encode(Header(width, height, interlace: interlace), Pixels(), End)));

    // One flipped bit after the signature breaks a length, a type, some data or a checksum.
    [Fact]
    public void Bit_FlippedAnywhere_IsRefused()
    {
        var png = With(Chunk("sRGB", 0));
        for (var bit = 64; bit < png.Length * 8; bit++)
        {
            var flipped = png.ToArray();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.IsType<ImageCheck.Refused>(Check(flipped));
        }
    }

    [Fact]
    public void Pixels_InManyChunks_AreKeptWhole()
    {
        var data = Pixels()[8..^4];
        var sound = Encode([Header(), .. data.Select(value => Chunk("IDAT", value)), End]);

        Assert.Same(sound, Accept(sound).Content);
    }

    // Written by hand from the specification, to check both implementations of the checksum against a published value.
    [Fact]
    public void End_Written_HasThePublishedChecksum() =>
        Assert.Equal("0000000049454E44AE426082", Convert.ToHexString(End));
}
