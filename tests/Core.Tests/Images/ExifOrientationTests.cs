using TryOn.Core.Images;
using static TryOn.Core.Tests.Images.PictureFixture;

namespace TryOn.Core.Tests.Images;

public sealed class ExifOrientationTests
{
    public static TheoryData<ImageFormat, int, bool> Cases
    {
        get
        {
            var cases = new TheoryData<ImageFormat, int, bool>();
            foreach (var format in Enum.GetValues<ImageFormat>())
            {
                foreach (var orientation in Enumerable.Range(1, 8))
                {
                    cases.Add(format, orientation, true);
                    cases.Add(format, orientation, false);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Orientation_InEachFormat_SurvivesAlone(ImageFormat format, int orientation, bool isLittle)
    {
        var first = Accept(Carry(format, ExifFixture.Camera(orientation, isLittle)));
        var second = Accept(first.Content);

        Assert.Equal(orientation, first.Info.Orientation);
        Assert.Equal(orientation, ImageInspector.Read(first.Content)!.Orientation);
        Assert.Same(first.Content, second.Content);
        Assert.False(Holds(first.Content, ExifFixture.Canary));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(65535)]
    public void Orientation_OutOfRange_CountsAsUpright(int orientation)
    {
        var accepted = Accept(Carry(ImageFormat.Jpeg, ExifFixture.Camera(orientation)));

        Assert.Equal(1, accepted.Info.Orientation);
        Assert.Equal(JpegFixture.Baseline, accepted.Content);
    }

    [Theory]
    [InlineData("")]
    [InlineData("49492A00")]
    [InlineData("4D4D002AFFFFFFFF0001")]
    [InlineData("4D4D002A7FFFFFFF0001")]
    [InlineData("4D4D002A000000080001")]
    [InlineData("4D4D002A00000008")]
    [InlineData("4D4D002A0000000800")]
    [InlineData("4D4D002A00000009")]
    [InlineData("4D4D002A00000008FFFF011200030000000100060000")]
    [InlineData("4D4D002A000000080001011200040000000100060000")]
    [InlineData("4D4D002A000000080001011200030000000200060000")]
    [InlineData("4D4D002A00000008000101120003000000010006")]
    public void Exif_OfAnyShape_IsReadWithoutHarm(string exif)
    {
        var tiff = Convert.FromHexString(exif);
        var isReadable = exif.Contains("FFFF0112", StringComparison.Ordinal);

        Assert.All(
            Enum.GetValues<ImageFormat>(),
            format => Assert.Equal(isReadable ? 6 : 1, Accept(Carry(format, tiff)).Info.Orientation));
    }

    private static byte[] Carry(ImageFormat format, byte[] tiff) => format switch
    {
        ImageFormat.Png => PngFixture.With(PngFixture.Chunk("eXIf", tiff)),
        ImageFormat.Jpeg => JpegFixture.With(JpegFixture.Exif(tiff)),
        _ => WebPFixture.Extended(WebPFixture.Exif, WebPFixture.LossyPixels, WebPFixture.Chunk("EXIF", tiff)),
    };
}
