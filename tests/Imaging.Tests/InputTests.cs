using TryOn.Core.Images;
using TryOn.Imaging.Tests.Corpus;

namespace TryOn.Imaging.Tests;

public sealed class InputTests
{
    private static readonly ImageTarget Any = Target(ImageLimits.Default);

    private static ImageTarget Target(ImageLimits limits, params ImageFormat[] formats) => new(
        formats is [] ? [ImageFormat.Png, ImageFormat.Jpeg, ImageFormat.WebP] : [.. formats], limits);

    [Theory]
    [InlineData("png-rgb")]
    [InlineData("jpeg-444")]
    [InlineData("jpeg-progressive")]
    [InlineData("webp-lossy")]
    [InlineData("webp-lossless")]
    public async Task Input_WithNothingToChange_IsLeftAsItIs(string name)
    {
        var file = Samples.Find(name).File;

        Assert.Same(file, (await Accept(file, Any)).Content);
    }

    /// <summary>A decoder upstream may be stricter than ours, and bytes that hold no pixel may tell who somebody is.
    /// </summary>
    [Theory]
    [InlineData("jpeg-no-end-marker")]
    [InlineData("jpeg-stray-bytes")]
    [InlineData("jpeg-without-huffman-tables")]
    [InlineData("jpeg-trailing-bytes")]
    [InlineData("jpeg-second-exif-block")]
    [InlineData("png-wrong-checksum-of-text")]
    [InlineData("png-one-frame-animation")]
    [InlineData("png-text-chunk")]
    [InlineData("png-trailing-page")]
    [InlineData("png-rgb-16")]
    [InlineData("webp-length-one-too-large")]
    [InlineData("jpeg-display-p3")]
    [InlineData("jpeg-cmyk")]
    public async Task Input_ThatIsOddOrTellsMore_IsWrittenAnew(string name)
    {
        var file = Samples.Find(name).File;

        Assert.NotSame(file, (await Accept(file, Any)).Content);
    }

    [Fact]
    public async Task Input_WithMetadata_LosesIt()
    {
        var text = Samples.Find("png-text-chunk").File;
        var page = Samples.Find("png-trailing-page").File;

        Assert.True((await Accept(text, Any)).Content.AsSpan().IndexOf("a camera"u8) < 0);
        Assert.True((await Accept(page, Any)).Content.AsSpan().IndexOf("<script>"u8) < 0);
    }

    [Fact]
    public async Task Input_OfFiftyMegapixels_IsScaledDown()
    {
        using var noise = NetVips.Image.Gaussnoise(8160, 6120, sigma: 8, mean: 120);
        var photo = noise.Cast(NetVips.Enums.BandFormat.Uchar).JpegsaveBuffer(q: 85);

        var accepted = await Accept(photo, Target(ImageLimits.Default with { BytesMax = 4_500_000 }));

        Assert.Equal(new ImageSides(8160, 6120), accepted.Shown);
        Assert.InRange(accepted.Content.Length, 1, 4_500_000);
        Assert.InRange(accepted.Info.Sides.Pixels, 1_000_000, ImageLimits.Default.PixelsMax);
        Assert.Equal(8160.0 / 6120, (double)accepted.Info.Sides.Width / accepted.Info.Sides.Height, 2);
    }

    [Theory]
    [InlineData("gif-plain", ImageFormat.Png)]
    [InlineData("png-rgba", ImageFormat.Png)]
    [InlineData("heic-8", ImageFormat.Jpeg)]
    [InlineData("avif-lossy", ImageFormat.Jpeg)]
    [InlineData("webp-lossy", ImageFormat.Jpeg)]
    [InlineData("webp-lossless-alpha", ImageFormat.Png)]
    [InlineData("tiff-lzw", ImageFormat.Jpeg)]
    public async Task Input_OfAFormatThatIsNotTaken_BecomesOneThatIs(string name, ImageFormat format)
    {
        var accepted = await Accept(
            Samples.Find(name).File, Target(ImageLimits.Default, ImageFormat.Png, ImageFormat.Jpeg));

        Assert.Equal(format, accepted.Info.Format);
    }

    [Fact]
    public async Task Input_ThatIsTooSmall_IsRefusedWithTheFigure()
    {
        var reply = await SharedImageWorkers.Instance.Normalize(
            Samples.Find("jpeg-orientation-6").File, Target(ImageLimits.Default with { SideMin = 300 }),
            CancellationToken.None);

        var refused = Assert.IsType<ImageReply.Refused>(reply);
        Assert.Equal(
            (ImageFault.TooSmall, "The image is 192x128 pixels; the shortest side allowed is 300."),
            (refused.Fault, refused.Message));
    }

    [Fact]
    public async Task Mask_OfAPictureThatIsTurnedAndScaled_FollowsIt()
    {
        using var mask = NetVips.Image.Black(192, 128, bands: 4)
            .Copy(interpretation: NetVips.Enums.Interpretation.Srgb);

        var reply = await SharedImageWorkers.Instance.NormalizeMask(
            mask.PngsaveBuffer(), new ImageSides(192, 128), new ImageSides(96, 64), 4_000_000, CancellationToken.None);

        Assert.Equal(new ImageSides(96, 64), Assert.IsType<ImageReply.Accepted>(reply).Info.Sides);
    }

    [Theory]
    [InlineData("png-rgb", 192, 128, "no transparency")]
    [InlineData("png-rgba", 128, 192, "192x128")]
    [InlineData("jpeg-444", 192, 128, "PNG")]
    public async Task Mask_ThatDoesNotFit_IsRefused(string name, int width, int height, string told)
    {
        var sides = new ImageSides(width, height);
        var reply = await SharedImageWorkers.Instance.NormalizeMask(
            Samples.Find(name).File, sides, sides, 4_000_000, CancellationToken.None);

        var refused = Assert.IsType<ImageReply.Refused>(reply);
        Assert.Equal(ImageFault.UnfitMask, refused.Fault);
        Assert.Contains(told, refused.Message, StringComparison.Ordinal);
    }

    private static async Task<ImageReply.Accepted> Accept(byte[] file, ImageTarget target) =>
        Assert.IsType<ImageReply.Accepted>(
            await SharedImageWorkers.Instance.Normalize(file, target, CancellationToken.None));
}
