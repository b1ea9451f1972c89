using TryOn.Core.Images;
using TryOn.Imaging.Tests.Corpus;

namespace TryOn.Imaging.Tests;

public sealed class ResultTests
{
    [Theory]
    [InlineData("png-rgb")]
    [InlineData("jpeg-444")]
    [InlineData("jpeg-progressive")]
    [InlineData("webp-lossless-alpha")]
    public async Task Result_ThatIsWhole_StaysByteForByte(string name)
    {
        var file = Samples.Find(name).File;

        Assert.Same(file, (await Accept(file)).Content);
    }

    [Theory]
    [InlineData("avif-lossy", ImageFormat.Png)]
    [InlineData("gif-plain", ImageFormat.Png)]
    [InlineData("tiff-lzw", ImageFormat.Png)]
    [InlineData("png-text-chunk", ImageFormat.Png)]
    [InlineData("jpeg-orientation-6", ImageFormat.Jpeg)]
    public async Task Result_ThatTellsMoreOrIsRarelyShown_IsWrittenAnew(string name, ImageFormat format)
    {
        var accepted = await Accept(Samples.Find(name).File);

        Assert.Equal(format, accepted.Info.Format);
        Assert.InRange(Pattern.DifferenceOf(accepted.Content), 0, 6);
    }

    /// <summary>However it was cut: from one byte less to nearly nothing, a picture lacks rows.</summary>
    [Theory]
    [InlineData("png-rgb")]
    [InlineData("png-interlaced")]
    [InlineData("jpeg-444")]
    [InlineData("jpeg-progressive")]
    [InlineData("webp-lossy")]
    [InlineData("webp-lossless")]
    [InlineData("jpeg-stray-bytes")]
    [InlineData("jpeg-restart-markers")]
    [InlineData("jpeg-progressive-444")]
    public async Task Result_CutAnywhere_IsRefused(string name)
    {
        var file = Samples.Find(name).File;
        foreach (var share in (double[])[0.05, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9])
        {
            var cut = file[..(int)(file.Length * share)];
            var reply = await SharedImageWorkers.Instance.Verify(cut, CancellationToken.None);
            Assert.True(reply is ImageReply.Refused, $"{share:P0} of {name} was accepted");
        }
    }

    /// <summary>Every row is there, so it is a picture; what is stored must be a whole file again.</summary>
    [Theory]
    [InlineData("png-rgb", 1)]
    [InlineData("png-rgb", 12)]
    [InlineData("jpeg-444", 1)]
    [InlineData("jpeg-444", 2)]
    public async Task Result_ThatLacksOnlyItsEndMarker_IsMended(string name, int missing)
    {
        var file = Samples.Find(name).File;

        var accepted = await Accept(file[..^missing]);

        Assert.NotEqual(file[..^missing], accepted.Content);
        Assert.InRange(Pattern.DifferenceOf(accepted.Content), 0, 3);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(15, 400)]
    public async Task Result_TooSmallForAPicture_IsRefused(int width, int height)
    {
        using var image = NetVips.Image.Black(width, height, bands: 3);
        var file = image.Copy(interpretation: NetVips.Enums.Interpretation.Srgb).PngsaveBuffer();

        var refused = Assert.IsType<ImageReply.Refused>(
            await SharedImageWorkers.Instance.Verify(file, CancellationToken.None));

        Assert.Equal(ImageFault.TooSmall, refused.Fault);
    }

    [Fact]
    public async Task Credentials_OfAResult_AreKeptOrNamedAsRemoved()
    {
        byte[] manifest = [.. "jumb....c2pa"u8];
        var signed = WithChunk("caBX"u8, manifest);
        var withText = Mutations.Insert(
            signed, signed.AsSpan().IndexOf("IDAT"u8) - 4, Mutations.Chunk("tEXt"u8, "Author\0somebody"u8));

        Assert.Equal(ContentCredentials.Kept, (await Accept(signed)).Credentials);
        var rewritten = await Accept(withText);
        Assert.Equal(ContentCredentials.Removed, rewritten.Credentials);
        Assert.True(rewritten.Content.AsSpan().IndexOf("somebody"u8) < 0);
        Assert.Equal(ContentCredentials.None, (await Accept(Samples.Find("png-rgb").File)).Credentials);
    }

    /// <summary>Wherever it is in the file, and whether or not a decoder reads it.</summary>
    [Fact]
    public async Task Result_ThatHidesMetadata_LosesIt()
    {
        var png = Samples.Find("png-rgb").File;
        var jpeg = Samples.Find("jpeg-444").File;
        var webp = Samples.Find("webp-lossy").File;
        byte[] hidden = [.. "somebody"u8];
        byte[][] files =
        [
            Mutations.Insert(png, png.Length - 12, Mutations.Chunk("tEXt"u8, hidden)),
            Mutations.Insert(png, png.Length - 12, Mutations.Chunk("prVt"u8, hidden)),
            [.. png, .. hidden],
            [.. jpeg, .. hidden],
            Mutations.Insert(jpeg, 2, [0xFF, 0xFE, 0, 10, .. hidden]),
            Mutations.Insert(jpeg, 2, [0xFF, 0xE5, 0, 10, .. hidden]),
            [.. webp, .. "EXIF"u8, 8, 0, 0, 0, .. hidden],
        ];

        foreach (var file in files)
            Assert.True((await Accept(file)).Content.AsSpan().IndexOf("somebody"u8) < 0);
    }

    [Fact]
    public async Task Preview_OfAResult_IsNoWiderThanAsked()
    {
        var reply = await SharedImageWorkers.Instance.Preview(
            Samples.Find("png-rgba").File, 96, CancellationToken.None);

        var preview = Assert.IsType<ImageReply.Accepted>(reply);
        Assert.Equal((ImageFormat.WebP, new ImageSides(96, 64)), (preview.Info.Format, preview.Info.Sides));
    }

    private static byte[] WithChunk(ReadOnlySpan<byte> type, ReadOnlySpan<byte> content)
    {
        var png = Samples.Find("png-rgb").File;
        return Mutations.Insert(png, png.AsSpan().IndexOf("IDAT"u8) - 4, Mutations.Chunk(type, content));
    }

    private static async Task<ImageReply.Accepted> Accept(byte[] file) =>
        Assert.IsType<ImageReply.Accepted>(
            await SharedImageWorkers.Instance.Verify(file, CancellationToken.None));
}
