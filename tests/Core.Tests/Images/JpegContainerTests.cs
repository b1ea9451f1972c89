using System.Text;
using TryOn.Core.Images;
using static TryOn.Core.Tests.Images.JpegFixture;
using static TryOn.Core.Tests.Images.PictureFixture;

namespace TryOn.Core.Tests.Images;

public sealed class JpegContainerTests
{
    private static readonly byte[] Adobe = Segment(0xEE, [.. "Adobe"u8, 0, 100, 0, 0, 0, 0, 1]);

    [Theory]
    [InlineData(0xFE, "CANARY")]
    [InlineData(0xE1, "http://ns.adobe.com/xap/1.0/\0CANARY")]
    [InlineData(0xE0, "JFXX\0\u0010CANARY")]
    [InlineData(0xE0, "JFIF\0")]
    [InlineData(0xE2, "MPF\0CANARY--\u0001\u0001--")]
    [InlineData(0xE2, "ICC_PROFILE\0\u0002\u0001CANARY")]
    [InlineData(0xED, "Photoshop 3.0\0CANARY")]
    [InlineData(0xEE, "Adobe")]
    [InlineData(0xF7, "CANARY")]
    public void Segment_OfMetadata_IsDropped(byte marker, string data) =>
        Assert.Equal(Baseline, Accept(With(Segment(marker, Encoding.ASCII.GetBytes(data)))).Content);

    [Fact]
    public void Thumbnail_OfJfif_IsCutOff()
    {
        var jfif = Segment(0xE0, [.. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 1, 1, 7, 8, 9]);

        Assert.Equal(Baseline, Accept(WithoutJfif(jfif)).Content);
    }

    [Fact]
    public void Adobe_Segment_StaysOnceWithoutItsTail()
    {
        var longer = Segment(0xEE, [.. Adobe[4..], .. "CANARY"u8]);

        Assert.Equal(With(Adobe), Accept(With(longer, Adobe)).Content);
    }

    [Fact]
    public void Profile_InPieces_KeepsThemInOrder()
    {
        var pieces = new[] { 1, 2, 3 }.Select(n => Segment(0xE2, [.. "ICC_PROFILE\0"u8, (byte)n, 3, 9])).ToArray();
        var sound = With(pieces);

        Assert.Same(sound, Accept(sound).Content);
    }

    [Fact]
    public void Orientation_AfterJfif_StaysAfterIt()
    {
        var content = Accept(With(Exif(ExifFixture.Camera(8)))).Content;

        Assert.Equal(Baseline[..20], content[..20]);
        Assert.Equal([0xFF, 0xE1], content[20..22]);
    }

    [Fact]
    public void Orientation_WithoutJfif_ComesFirst()
    {
        var content = Accept(WithoutJfif(Adobe, Exif(ExifFixture.Camera(8)))).Content;

        Assert.Equal([0xFF, 0xD8, 0xFF, 0xE1], content[..4]);
        Assert.Same(content, Accept(content).Content);
    }

    [Fact]
    public void Metadata_BetweenScans_IsDropped()
    {
        var second = Progressive.AsSpan().LastIndexOf([(byte)0xFF, (byte)0xDA]);
        byte[] jpeg = [.. Progressive[..second], .. Profile("late"), .. Segment(0xFE, 1, 2), .. Progressive[second..]];

        Assert.Equal(Progressive, Accept(jpeg).Content);
    }

    [Fact]
    public void Fill_BeforeAMarker_IsAllowed() =>
        Assert.Equal(Baseline, Accept(Insert(Find(0xC0), 0xFF, 0xFF, 0xFF)).Content);

    // Stuffed zeros, restarts and fill bytes belong to the pixels; any other marker would end them.
    [Fact]
    public void Pixels_WithRestartsAndStuffing_AreKept()
    {
        var sound = Insert(Baseline.Length - 2, 0xFF, 0xD0, 0xFF, 0x00, 0xFF, 0xFF, 0xD1, 5);

        Assert.Same(sound, Accept(sound).Content);
    }

    [Theory]
    [InlineData(0xC3)]
    [InlineData(0xC5)]
    [InlineData(0xC9)]
    [InlineData(0xCA)]
    [InlineData(0xCF)]
    [InlineData(0xDE)]
    public void Frame_OfARareCoding_IsUnsupported(byte marker)
    {
        var jpeg = Baseline.ToArray();
        jpeg[Find(0xC0) + 1] = marker;

        Assert.Equal(ImageFault.UnsupportedFormat, Refuse(jpeg));
    }

    [Fact]
    public void Frame_OfTwelveBits_IsUnsupported()
    {
        var jpeg = Baseline.ToArray();
        jpeg[Find(0xC0) + 4] = 12;

        Assert.Equal(ImageFault.UnsupportedFormat, Refuse(jpeg));
    }

    // Offset from a marker, and the value that makes the segment wrong.
    [Theory]
    [InlineData(0xC0, 6, 0)]     // The low byte of the height, whose high byte is 0 already.
    [InlineData(0xC0, 9, 0)]     // No components.
    [InlineData(0xC0, 9, 2)]     // Fewer components than the segment holds.
    [InlineData(0xC0, 11, 0x51)] // Sampling of five.
    [InlineData(0xC0, 12, 4)]    // Fifth quantization table.
    [InlineData(0xC0, 12, 3)]    // A quantization table that was never sent.
    [InlineData(0xC0, 13, 1)]    // Two components of one name.
    [InlineData(0xC0, 1, 0xFE)]  // No frame at all.
    [InlineData(0xDB, 4, 0x20)]  // A quantization table of 24 bits.
    [InlineData(0xDB, 4, 4)]
    [InlineData(0xDB, 3, 66)]    // One byte short.
    [InlineData(0xC4, 4, 0x20)]  // Neither first coefficients nor the rest.
    [InlineData(0xC4, 4, 1)]     // The place the scan reads stays empty.
    [InlineData(0xC4, 5, 255)]   // More symbols than bytes.
    [InlineData(0xDA, 4, 0)]
    [InlineData(0xDA, 4, 2)]
    [InlineData(0xDA, 5, 9)]     // A component that the frame lacks.
    [InlineData(0xDA, 7, 1)]     // One component twice.
    [InlineData(0xDA, 6, 0x30)]  // A Huffman table that was never sent.
    [InlineData(0xDA, 6, 0x07)]  // Eighth Huffman table.
    public void Segment_ThatContradicts_IsCorrupt(byte marker, int offset, byte value)
    {
        var jpeg = Baseline.ToArray();
        jpeg[Find(marker) + offset] = value;

        Assert.Equal(ImageFault.Corrupt, Refuse(jpeg));
    }

    [Theory]
    [InlineData(0x00)]
    [InlineData(0x01)]
    [InlineData(0x90)]
    [InlineData(0xD3)]
    [InlineData(0xD8)]
    public void Marker_OutOfPlace_IsCorrupt(byte marker) =>
        Assert.Equal(ImageFault.Corrupt, Refuse(Insert(Find(0xC0), 0xFF, marker, 0, 2)));

    [Fact]
    public void Frame_GivenTwice_IsCorrupt()
    {
        var frame = Baseline[Find(0xC0)..Find(0xC4)];

        Assert.Equal(ImageFault.Corrupt, Refuse(Insert(Find(0xC0), frame)));
    }

    [Fact]
    public void Scan_WithoutPixels_IsCorrupt() =>
        Assert.Equal(ImageFault.Corrupt, Refuse([.. Baseline[..(Find(0xDA) + 14)], 0xFF, 0xD9]));

    [Fact]
    public void Component_NeverDrawn_IsCorrupt()
    {
        byte[] scan = [0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, 1, 2, 3];

        Assert.Equal(ImageFault.Corrupt, Refuse([.. Baseline[..Find(0xDA)], .. scan, 0xFF, 0xD9]));
    }

    // Each scan makes a decoder process the whole picture again.
    [Fact]
    public void Scans_InHundreds_AreCorrupt()
    {
        var scan = Baseline[Find(0xDA)..^2];
        byte[] Repeat(int times) =>
            [.. Baseline[..^2], .. Enumerable.Repeat(scan, times).SelectMany(bytes => bytes), 0xFF, 0xD9];

        Accept(Repeat(255));
        Assert.Equal(ImageFault.Corrupt, Refuse(Repeat(256)));
    }

    // Band ends before it begins; a first coefficient mixed with others; a band of two components.
    [Theory]
    [InlineData(5, 2, 1)]
    [InlineData(0, 5, 1)]
    [InlineData(1, 64, 1)]
    [InlineData(1, 5, 2)]
    public void Band_ThatNoScanHas_IsCorrupt(byte first, byte last, byte components)
    {
        byte[] tables = [.. Enumerable.Range(1, components).SelectMany(id => new[] { (byte)id, (byte)0 })];
        byte[] scan = [.. Segment(0xDA, [components, .. tables, first, last, 0]), 1, 2, 3];

        Assert.Equal(ImageFault.Corrupt, Refuse([.. Progressive[..^2], .. scan, 0xFF, 0xD9]));
    }
}
