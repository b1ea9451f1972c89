using TryOn.Sandbox.Pictures;

namespace TryOn.Sandbox.Tests.Pictures;

public sealed class PictureHeadersTests
{
    [Fact]
    public void Size_Png_IsThatOfItsHeader() =>
        Assert.Equal(new PictureSize(320, 400), Decoder.Size(Samples.Person));

    [Fact]
    public void Size_Jpeg_SkipsSegmentsToTheFrame() =>
        Assert.Equal(new PictureSize(640, 480), Decoder.Size(Samples.Jpeg));

    [Fact]
    public void Size_JpegWithoutFrame_IsNull() => Assert.Null(Decoder.Size(Samples.Jpeg[..12]));

    [Theory]
    [InlineData("RIFF....WEBPVP8 ", PictureFormat.WebP)]
    [InlineData("....ftypheic....", PictureFormat.Heif)]
    [InlineData("....ftypmif1....", PictureFormat.Heif)]
    [InlineData("....ftypisom....", PictureFormat.Unknown)]
    [InlineData("GIF89a", PictureFormat.Unknown)]
    public void Format_Magic_IsRecognised(string start, PictureFormat format) =>
        Assert.Equal(format, PictureHeaders.Format(System.Text.Encoding.ASCII.GetBytes(start)));
}
