using TryOn.Core.Images;
using static TryOn.Core.Tests.Images.PictureFixture;

namespace TryOn.Core.Tests.Images;

public sealed class ImageLimitsTests
{
    [Theory]
    [InlineData(64, 64, null)]
    [InlineData(63, 64, ImageFault.TooSmall)]
    [InlineData(64, 63, ImageFault.TooSmall)]
    [InlineData(8192, 64, null)]
    [InlineData(64, 8193, ImageFault.TooLarge)]
    [InlineData(8193, 64, ImageFault.TooLarge)]
    [InlineData(8000, 5000, null)]
    [InlineData(8000, 5001, ImageFault.TooLarge)]
    [InlineData(30_000, 30_000, ImageFault.TooLarge)]
    [InlineData(int.MaxValue, int.MaxValue, ImageFault.TooLarge)]
    public void Sides_AtTheEdge_AreJudged(int width, int height, ImageFault? fault)
    {
        // The pixels need not fill the sides: no pixel is decoded.
        var png = PngFixture.Encode(PngFixture.Header(width, height), PngFixture.Pixels(), PngFixture.End);

        Assert.Equal(fault, (Check(png) as ImageCheck.Refused)?.Fault);
    }

    // The product of these sides overflows 32 bits to zero.
    [Fact]
    public void Pixels_BeyondThirtyTwoBits_AreCounted()
    {
        var png = PngFixture.Encode(PngFixture.Header(1 << 16, 1 << 16), PngFixture.Pixels(), PngFixture.End);

        var refused = ImageInspector.Check(png, ImageLimits.Default with { SideMax = 100_000 });

        Assert.Equal(ImageFault.TooLarge, Assert.IsType<ImageCheck.Refused>(refused).Fault);
    }

    [Fact]
    public void Bytes_AtTheEdge_AreJudged()
    {
        var png = PngFixture.Plain();
        var exact = ImageLimits.Default with { BytesMax = png.Length };

        var fitting = ImageInspector.Check(png, exact);
        var heavy = ImageInspector.Check(png, exact with { BytesMax = png.Length - 1 });

        Assert.IsType<ImageCheck.Accepted>(fitting);
        Assert.Equal(ImageFault.TooManyBytes, Assert.IsType<ImageCheck.Refused>(heavy).Fault);
    }

    [Fact]
    public void Message_OfAHugePicture_NamesSidesAndLimit()
    {
        var png = PngFixture.Encode(PngFixture.Header(30_000, 30_000));

        var refused = Assert.IsType<ImageCheck.Refused>(Check(png));

        Assert.Equal("The image is 30000x30000 pixels; the longest side allowed is 8192.", refused.Message);
    }

    [Fact]
    public void Jpeg_OfHugeSides_IsRefusedFromItsHeader()
    {
        var jpeg = JpegFixture.Baseline.ToArray();
        var sides = JpegFixture.Find(0xC0) + 5;
        new byte[] { 0x75, 0x30, 0x75, 0x30 }.CopyTo(jpeg, sides);

        Assert.Equal(ImageFault.TooLarge, Refuse(jpeg));
    }

    [Fact]
    public void WebP_OfHugeCanvas_IsRefusedFromItsHeader() => Assert.Equal(
        ImageFault.TooLarge,
        Refuse(WebPFixture.Encode(WebPFixture.Canvas(0, 1 << 24, 1 << 24), WebPFixture.LossyPixels)));
}
