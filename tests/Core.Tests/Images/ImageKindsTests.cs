using System.Text;
using TryOn.Core.Images;
using static TryOn.Core.Tests.Images.PictureFixture;

namespace TryOn.Core.Tests.Images;

public sealed class ImageKindsTests
{
    [Theory]
    [InlineData("GIF89a....", "GIF")]
    [InlineData("BM....\0\0\0\0....", "BMP")]
    [InlineData("II*\0....", "TIFF")]
    [InlineData("MM\0*....", "TIFF")]
    [InlineData("%PDF-1.7", "PDF")]
    [InlineData("8BPS....", "Photoshop")]
    [InlineData("\0\0\u0001\0....", "icon")]
    [InlineData("\0\0\0\fJXL \r\n....", "JPEG XL")]
    [InlineData("\0\0\0\fjP  \r\n....", "JPEG 2000")]
    [InlineData("\0\0\0\u0018ftypheic....", "HEIC")]
    [InlineData("\0\0\0\u0018ftypmif1....", "HEIF")]
    [InlineData("\0\0\0\u0018ftypavif....", "AVIF")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG")]
    [InlineData("\uFEFF <?xml version='1.0'?>\n<svg/>", "SVG")]
    public void Kind_KnownButForeign_IsNamed(string content, string name)
    {
        var refused = Assert.IsType<ImageCheck.Refused>(Check(Encoding.UTF8.GetBytes(content)));

        Assert.Equal(ImageFault.UnsupportedFormat, refused.Fault);
        Assert.Contains(name, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("B")]
    [InlineData("BMW is a maker of cars")]
    [InlineData("<html><svg/></html>")]
    [InlineData("<?xml version='1.0'?><feed/>")]
    [InlineData("\0\0\0\u0018ftypmp42....")]
    [InlineData("RIFF....WAVE....")]
    [InlineData("PNG")]
    public void Kind_OfNoImage_IsNotAnImage(string content) =>
        Assert.Equal(ImageFault.NotAnImage, Refuse(Encoding.UTF8.GetBytes(content)));

    // A polyglot is treated as its first bytes say, and loses the rest.
    [Fact]
    public void Kind_OfAPictureThatEndsAsAPage_IsThePicture() =>
        Assert.False(Holds(Accept([.. PngFixture.Plain(), .. "<script>"u8]).Content, "<script>"));
}
