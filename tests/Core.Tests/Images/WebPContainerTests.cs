using TryOn.Core.Images;
using static TryOn.Core.Tests.Images.PictureFixture;
using static TryOn.Core.Tests.Images.WebPFixture;

namespace TryOn.Core.Tests.Images;

public sealed class WebPContainerTests
{
    private static readonly byte[] Icc = Chunk("ICCP", 1, 2, 3);

    private static byte[] AlphaChunk => LossyAlpha[30..48];

    [Fact]
    public void Chunk_OfMetadata_IsDropped()
    {
        var xmp = Chunk("XMP ", [.. "CANARY"u8]);
        var unknown = Chunk("ABCD", [.. "CANARY!"u8]);

        Assert.Equal(Lossy, Accept(Encode(LossyPixels, xmp, unknown)).Content);
        Assert.Equal(Lossy, Accept(Extended(0x04, unknown, LossyPixels, xmp)).Content);
        Assert.Equal(LossyAlpha, Accept(Extended(Alpha | 0x04, AlphaChunk, unknown, LossyPixels, xmp)).Content);
    }

    // Flags describe the contents after the rewrite, whatever they said before.
    [Theory]
    [InlineData(0x00)]
    [InlineData(0xFD)]
    public void Flags_OfAnyKind_AreWrittenAnew(byte flags)
    {
        var turned = Chunk("EXIF", ExifFixture.Camera(3));

        Assert.Equal(Profile, FlagsOf(Extended(flags, Icc, LossyPixels)));
        Assert.Equal(Exif, FlagsOf(Extended(flags, LossyPixels, turned)));
        Assert.Equal(Profile | Alpha, FlagsOf(Extended(flags, Icc, LosslessPixels)));
        Assert.Equal(Profile | Alpha | Exif, FlagsOf(Extended(flags, Icc, AlphaChunk, LossyPixels, turned)));
    }

    [Fact]
    public void Chunk_OutOfPlace_IsDropped()
    {
        Assert.Equal(Lossy, Accept(Extended(Profile, LossyPixels, Icc)).Content);
        Assert.Equal(Lossless, Accept(Extended(Alpha, AlphaChunk, LosslessPixels)).Content);
        Assert.Equal(Lossy, Accept(Encode(LossyPixels, Icc, AlphaChunk)).Content);
    }

    // Readers look for EXIF only behind VP8X, so an orientation elsewhere was never shown.
    [Fact]
    public void Exif_InAPlainFile_IsIgnored()
    {
        var accepted = Accept(Encode(LossyPixels, Chunk("EXIF", ExifFixture.Camera(6))));

        Assert.Equal(1, accepted.Info.Orientation);
        Assert.Equal(Lossy, accepted.Content);
    }

    [Fact]
    public void Animation_InAnyForm_IsRefused()
    {
        byte[][] animated =
        [
            Extended(Animation, LossyPixels), Extended(0, Chunk("ANIM", new byte[6]), LossyPixels),
            Extended(0, Chunk("ANMF", new byte[16])), Encode(LossyPixels, Chunk("ANIM", new byte[6])),
        ];

        Assert.All(animated, webp => Assert.Equal(ImageFault.Animated, Refuse(webp)));
    }

    [Fact]
    public void Order_ThatNoWebPHas_IsCorrupt()
    {
        byte[][] broken =
        [
            Encode(), Encode(Canvas(0)), Encode(Icc, LossyPixels), Encode(LossyPixels, LossyPixels),
            Encode(Canvas(0), Canvas(0), LossyPixels),
            Encode(LossyPixels, Canvas(0)), Encode(Canvas(0, width: 65), LossyPixels),
            Encode(Canvas(0, height: 73), LosslessPixels),
            Encode(Chunk("VP8X", new byte[9]), LossyPixels), Encode(LossyPixels, [1, 2, 3]),
        ];

        Assert.All(broken, webp => Assert.Equal(ImageFault.Corrupt, Refuse(webp)));
    }

    // Offset in the file and the bits to flip.
    [Theory]
    [InlineData(20, 0x01)] // Not a key frame.
    [InlineData(20, 0x08)] // Version 4.
    [InlineData(20, 0x10)] // Not shown.
    [InlineData(22, 0x80)] // First partition longer than the chunk.
    [InlineData(23, 0x01)] // Start code.
    [InlineData(26, 0x40)] // Width 0.
    [InlineData(28, 0x48)] // Height 0.
    public void Lossy_WithABrokenHeader_IsCorrupt(int offset, byte bits) =>
        Assert.Equal(ImageFault.Corrupt, Refuse(Flip(Lossy, offset, bits)));

    [Theory]
    [InlineData(20, 0x01)] // Signature.
    [InlineData(24, 0x20)] // Version 1.
    public void Lossless_WithABrokenHeader_IsCorrupt(int offset, byte bits) =>
        Assert.Equal(ImageFault.Corrupt, Refuse(Flip(Lossless, offset, bits)));

    [Theory]
    [InlineData(4)]
    [InlineData(16)]
    public void Length_NearTheLargest_IsCorrupt(int offset)
    {
        foreach (var length in new[] { int.MaxValue, int.MaxValue - 1, -1, -8, -9 })
        {
            var webp = Lossy.ToArray();
            BitConverter.TryWriteBytes(webp.AsSpan(offset), length);
            Assert.Equal(ImageFault.Corrupt, Refuse(webp));
        }
    }

    [Fact]
    public void Pad_MissingAtTheEnd_IsAddedBack()
    {
        var odd = Chunk("VP8 ", [.. Lossy[20..], 7]);

        Assert.Equal(Encode(odd), Accept(Encode(odd[..^1])).Content);
    }

    private static int FlagsOf(byte[] webp)
    {
        var content = Accept(webp).Content;
        Assert.True(content.AsSpan(12).StartsWith("VP8X"u8));
        Assert.Equal(content.Length - 8, BitConverter.ToInt32(content, 4));
        return content[20];
    }

    private static byte[] Flip(byte[] webp, int offset, byte bits)
    {
        var flipped = webp.ToArray();
        flipped[offset] ^= bits;
        return flipped;
    }
}
