using System.Text;
using TryOn.Core.Images;

namespace TryOn.Core.Tests.Images;

public sealed class ImageKindsTests
{
    [Theory]
    [InlineData("GIF89a....", ImageKind.Gif)]
    [InlineData("GIF87a....", ImageKind.Gif)]
    [InlineData("BM....\0\0\0\0....", ImageKind.Bmp)]
    [InlineData("II*\0....", ImageKind.Tiff)]
    [InlineData("MM\0*....", ImageKind.Tiff)]
    [InlineData("RIFF....WEBPVP8 ", ImageKind.WebP)]
    [InlineData("\0\0\0\u0018ftypheic....", ImageKind.Heic)]
    [InlineData("\0\0\0\u0018ftypheix....", ImageKind.Heic)]
    [InlineData("\0\0\0\u0018ftypmif1\0\0\0\0heic", ImageKind.Heic)]
    [InlineData("\0\0\0\u0018ftypmif1\0\0\0\0mif1avif", ImageKind.Avif)]
    [InlineData("\0\0\0\u0018ftypavif....", ImageKind.Avif)]
    public void Kind_ByFirstBytes_IsRecognized(string content, ImageKind kind) =>
        Assert.Equal(kind, ImageKinds.Recognize(Encoding.UTF8.GetBytes(content)));

    [Fact]
    public void Kind_ByBytesThatAreNoText_IsRecognized()
    {
        Assert.Equal(ImageKind.Png, ImageKinds.Recognize([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0]));
        Assert.Equal(ImageKind.Jpeg, ImageKinds.Recognize([0xFF, 0xD8, 0xFF, 0xE0]));
    }

    [Theory]
    [InlineData("%PDF-1.7", "PDF")]
    [InlineData("8BPS....", "Photoshop")]
    [InlineData("\0\0\u0001\0....", "icon")]
    [InlineData("\0\0\0\fJXL \r\n....", "JPEG XL")]
    [InlineData("\0\0\0\fjP  \r\n....", "JPEG 2000")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG")]
    [InlineData("\uFEFF <?xml version='1.0'?>\n<svg/>", "SVG")]
    public void Kind_KnownButForeign_IsNamed(string content, string name)
    {
        var bytes = Encoding.UTF8.GetBytes(content);

        Assert.Equal(ImageKind.None, ImageKinds.Recognize(bytes));
        Assert.Contains(name, ImageKinds.NameForeign(bytes), StringComparison.Ordinal);
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
    public void Kind_OfNoImage_IsNone(string content)
    {
        var bytes = Encoding.UTF8.GetBytes(content);

        Assert.Equal(ImageKind.None, ImageKinds.Recognize(bytes));
        Assert.Null(ImageKinds.NameForeign(bytes));
    }
}
