using System.Text;
using TryOn.Core.Images;

namespace TryOn.Core.Tests.Images;

// Valid pictures in all formats, and methods that inspect them.
internal static class PictureFixture
{
    public const string IccCanary = "ICC-PROFILE-THAT-STAYS";

    public static readonly IReadOnlyDictionary<string, byte[]> All = new Dictionary<string, byte[]>
    {
        ["png"] = PngFixture.Plain(),
        ["png-exif"] = PngFixture.With(PngFixture.Profile(IccCanary), PngFixture.Chunk("eXIf", ExifFixture.Camera(6))),
        ["jpeg"] = JpegFixture.Baseline,
        ["jpeg-progressive"] = JpegFixture.Progressive,
        ["jpeg-exif"] = JpegFixture.With(JpegFixture.Exif(ExifFixture.Camera(6)), JpegFixture.Profile(IccCanary)),
        ["webp-lossy"] = WebPFixture.Lossy,
        ["webp-lossless"] = WebPFixture.Lossless,
        ["webp-alpha"] = WebPFixture.LossyAlpha,
        ["webp-exif"] = WebPFixture.Extended(
            WebPFixture.Exif | WebPFixture.Profile,
            WebPFixture.Chunk("ICCP", Encoding.ASCII.GetBytes(IccCanary)),
            WebPFixture.LossyPixels,
            WebPFixture.Chunk("EXIF", ExifFixture.Camera(6))),
    };

    public static TheoryData<string> Names => new(All.Keys);

    public static ImageCheck Check(byte[] content) => ImageInspector.Check(content, ImageLimits.Default);

    public static ImageCheck.Accepted Accept(byte[] content) => Assert.IsType<ImageCheck.Accepted>(Check(content));

    public static ImageFault Refuse(byte[] content) => Assert.IsType<ImageCheck.Refused>(Check(content)).Fault;

    public static bool Holds(byte[] content, string text) =>
        content.AsSpan().IndexOf(Encoding.ASCII.GetBytes(text)) >= 0;
}
