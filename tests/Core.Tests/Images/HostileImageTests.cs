using FsCheck;
using FsCheck.Fluent;
using TryOn.Core.Images;
using static TryOn.Core.Tests.Images.PictureFixture;

namespace TryOn.Core.Tests.Images;

// Uploads are untrusted, so the work must be linear in their size. A quadratic algorithm would take far too long on
// these files.
public sealed class HostileImageTests
{
    // Just under the limit on a picture's bytes.
    private const int Room = 10_000_000;

    [Fact]
    public void Mutation_OfAnyPicture_IsRefusedOrMadeClean()
    {
        var pictures = All.Values.ToArray();
        var edits = Gen.Choose(0, 1 << 16).Two().Two().Select(pair => (pair.Item1, pair.Item2)).NonEmptyListOf();
        var cases = Gen.Choose(0, pictures.Length - 1).Zip(edits, (index, list) => (index, list)).ToArbitrary();

        Prop.ForAll(cases, item => IsHarmless(Mutate(pictures[item.index], item.list)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
    }

    [Fact]
    public void Chunks_ByTheHundredThousand_AreWalkedOnce()
    {
        var text = PngFixture.Chunk("tEXt");
        var png = PngFixture.Encode(PngFixture.Header(), Repeat(text), PngFixture.Pixels(), PngFixture.End);
        var data = PngFixture.Chunk("IDAT");
        var pixels = PngFixture.Encode(PngFixture.Header(), PngFixture.Pixels(), Repeat(data), PngFixture.End);
        var webp = WebPFixture.Extended(0, WebPFixture.LossyPixels, Repeat(WebPFixture.Chunk("ABCD")));
        var jpeg = JpegFixture.With(Repeat(JpegFixture.Segment(0xFE)));

        Assert.Equal(PngFixture.Plain(), Accept(png).Content);
        Assert.Same(pixels, Accept(pixels).Content);
        Assert.Equal(WebPFixture.Lossy, Accept(webp).Content);
        Assert.Equal(JpegFixture.Baseline, Accept(jpeg).Content);
    }

    [Fact]
    public void Scan_OfFillAndStuffing_IsWalkedOnce()
    {
        var end = JpegFixture.Baseline.Length - 2;

        Accept(JpegFixture.Insert(end, Repeat([0xFF])));
        Accept(JpegFixture.Insert(end, [.. Repeat([0xFF]), 0x00]));
        Accept(JpegFixture.Insert(end, Repeat([0xFF, 0x00])));
        Assert.Equal(ImageFault.Corrupt, Refuse([.. JpegFixture.Baseline[..end], .. Repeat([0xFF])]));
    }

    [Fact]
    public void Sizes_OnlyDeclared_AreNotAllocated()
    {
        byte[] chunk = [0x7F, 0xFF, 0xFF, 0xFF, .. "IDAT"u8, 1, 2, 3, 4, 5];
        byte[][] liars =
        [
            PngFixture.Encode(PngFixture.Header(8192, 4096), chunk),
            PngFixture.Encode(PngFixture.Header(8192, 4096), [0xFF, 0xFF, 0xFF, 0xFF, .. chunk[4..]]),
            PngFixture.Encode(PngFixture.Header(30_000, 30_000), PngFixture.Pixels(), PngFixture.End),
            [.. "RIFF"u8, 0xFF, 0xFF, 0xFF, 0x7F, .. "WEBPVP8 "u8, 0xFF, 0xFF, 0xFF, 0x7F, 1, 2, 3],
            JpegFixture.Insert(2, 0xFF, 0xFE, 0xFF, 0xFF),
        ];
        Assert.All(liars, liar => Assert.IsType<ImageCheck.Refused>(Check(liar)));

        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var liar in liars) Check(liar);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    private static byte[] Repeat(byte[] part)
    {
        var bytes = new byte[Room / part.Length * part.Length];
        for (var at = 0; at < bytes.Length; at += part.Length) part.CopyTo(bytes, at);
        return bytes;
    }

    private static bool IsHarmless(byte[] content) =>
        Check(content) is not ImageCheck.Accepted first
        || (Check(first.Content) is ImageCheck.Accepted second && second == first);

    // Each edit overwrites, removes, repeats or inserts a few bytes. Half of the PNGs get correct checksums again.
    private static byte[] Mutate(byte[] picture, IEnumerable<((int, int) Place, (int, int) Change)> edits)
    {
        var bytes = picture.ToList();
        var mends = 0;
        foreach (var ((place, length), (kind, value)) in edits.Take(8))
        {
            if (bytes.Count == 0) break;
            var at = place % bytes.Count;
            var part = bytes.GetRange(at, Math.Min(bytes.Count - at, length % 24));
            mends ^= value;
            switch (kind % 4)
            {
                case 0: bytes[at] = (byte)value; break;
                case 1: bytes.RemoveRange(at, part.Count); break;
                case 2: bytes.InsertRange(at, part); break;
                default: bytes.Insert(at, (byte)value); break;
            }
        }

        return (mends & 1) == 0 ? [.. bytes] : PngFixture.Reseal([.. bytes]);
    }
}
