using TryOn.Core.Images;
using static TryOn.Core.Tests.Images.PictureFixture;

namespace TryOn.Core.Tests.Images;

public sealed class ImageInspectorTests
{
    public static TheoryData<string> Pictures => Names;

    [Theory]
    [InlineData("png", ImageFormat.Png, "image/png", "png")]
    [InlineData("jpeg-progressive", ImageFormat.Jpeg, "image/jpeg", "jpg")]
    [InlineData("webp-alpha", ImageFormat.WebP, "image/webp", "webp")]
    public void Info_OfEachFormat_SaysWhatIsStored(string name, ImageFormat format, string type, string extension)
    {
        var info = Accept(All[name]).Info;

        Assert.Equal(new ImageInfo(format, 64, 72, 1), info);
        Assert.Equal((type, extension), (info.ContentType, info.Extension));
    }

    [Theory]
    [InlineData("png")]
    [InlineData("jpeg")]
    [InlineData("jpeg-progressive")]
    [InlineData("webp-lossy")]
    [InlineData("webp-lossless")]
    [InlineData("webp-alpha")]
    public void Content_WithNothingToDrop_IsTheSameArray(string name) =>
        Assert.Same(All[name], Accept(All[name]).Content);

    [Theory]
    [MemberData(nameof(Pictures))]
    public void Content_CheckedAgain_IsAcceptedUnchanged(string name)
    {
        var first = Accept(All[name]);
        var second = Accept(first.Content);

        Assert.Equal(first.Info, second.Info);
        Assert.Same(first.Content, second.Content);
    }

    [Theory]
    [MemberData(nameof(Pictures))]
    public void Content_CutAnywhere_IsRefused(string name)
    {
        var whole = All[name];
        for (var length = 0; length < whole.Length; length++)
        {
            _ = ImageInspector.Read(whole.AsSpan(0, length));
            Assert.IsType<ImageCheck.Refused>(Check(whole[..length]));
        }
    }

    [Theory]
    [MemberData(nameof(Pictures))]
    public void Content_WithTrailingBytes_LosesThem(string name)
    {
        var accepted = Accept([.. All[name], .. "PK\x03\x04 trailing archive"u8]);

        Assert.Equal(Accept(All[name]).Content, accepted.Content);
    }

    [Theory]
    [InlineData("png-exif")]
    [InlineData("jpeg-exif")]
    [InlineData("webp-exif")]
    public void Content_WithExif_KeepsProfileAndOrientationOnly(string name)
    {
        var accepted = Accept(All[name]);

        Assert.True(Holds(All[name], ExifFixture.Canary));
        Assert.False(Holds(accepted.Content, ExifFixture.Canary));
        Assert.True(Holds(accepted.Content, IccCanary));
        Assert.Equal(6, accepted.Info.Orientation);
    }

    // The picture is in the middle of a larger buffer, like a part of a form.
    [Theory]
    [MemberData(nameof(Pictures))]
    public void Content_InsideALargerBuffer_StandsAlone(string name)
    {
        byte[] buffer = [1, 2, 3, .. All[name], 4, 5];

        var check = ImageInspector.Check(buffer.AsMemory(3, All[name].Length), ImageLimits.Default);

        Assert.Equal(Accept(All[name]).Content, Assert.IsType<ImageCheck.Accepted>(check).Content);
    }

    [Theory]
    [MemberData(nameof(Pictures))]
    public void Read_OfASoundPicture_AgreesWithCheck(string name) =>
        Assert.Equal(Accept(All[name]).Info, ImageInspector.Read(All[name]));

    [Fact]
    public void Read_OfAnythingElse_IsNull() => Assert.Null(ImageInspector.Read("GIF89a........"u8));
}
