using NetVips;
using TryOn.Sandbox.Pictures;

namespace TryOn.Sandbox.Tests.Pictures;

public sealed class ComposerTests
{
    private static readonly double[] Stripe = [240, 240, 240];

    public static TheoryData<byte[]> OtherFiles()
    {
        using var person = Samples.Plain(320, 400, Samples.Red);
        return new()
        {
            person.JpegsaveBuffer(q: 100), person.WebpsaveBuffer(lossless: true), person.PngsaveBuffer(interlace: true),
            person.PngsaveBuffer(bitdepth: 16), person.PngsaveBuffer(palette: true),
            person.Bandjoin(255).PngsaveBuffer(), person[0].PngsaveBuffer(),
        };
    }

    public static TheoryData<byte[]> Unreadable()
    {
        using var picture = Samples.Plain(320, 400, Samples.Blue);
        return new()
        {
            Array.Empty<byte>(), "no picture"u8.ToArray(), Samples.Jpeg, Samples.Garment[..^40],
            picture.JpegsaveBuffer()[..^200], picture.GifsaveBuffer(), picture.TiffsaveBuffer(),
            picture.HeifsaveBuffer(compression: Enums.ForeignHeifCompression.Av1),
            """<svg xmlns="http://www.w3.org/2000/svg" width="300" height="300"><rect width="9" height="9"/></svg>"""u8
                .ToArray(),
        };
    }

    [Fact]
    public void Compose_GarmentOnWhite_CoversTheTorsoOnly()
    {
        using var result = Composed(Samples.Person, Samples.Garment);

        Assert.Equal((320, 400, 3), (result.Width, result.Height, result.Bands));
        // The box is 60 % of 320 wide, from x 64 to 256, and square, from y 152 (38 %) to 344.
        Assert.Equal(Samples.Blue, result.Getpoint(160, 248));
        Assert.Equal(Samples.Blue, result.Getpoint(67, 155));
        Assert.Equal(Samples.Blue, result.Getpoint(252, 340));
        Assert.Equal(Samples.Red, result.Getpoint(61, 248));
        Assert.Equal(Samples.Red, result.Getpoint(258, 248));
        Assert.Equal(Samples.Red, result.Getpoint(160, 149));
        Assert.Equal(Samples.Red, result.Getpoint(160, 347));
    }

    [Fact]
    public void Compose_WhiteBackground_LeavesNoWhiteAtEdges()
    {
        using var garment = Samples.Fill(Samples.Boxed(300, 300, Samples.Blue), 140, 60, 21, 120, Samples.White);

        using var result = Composed(Samples.Person, garment.PngsaveBuffer());

        // Both colours have little green, while white has full green. The person shows through the slit.
        for (var x = 0; x < result.Width; x++)
            Assert.True(result.Getpoint(x, 248)[1] <= 41, $"green {result.Getpoint(x, 248)[1]} at {x}");
        Assert.Equal(Samples.Red, result.Getpoint(160, 200));
    }

    [Fact]
    public void Compose_LightStripeInside_IsKept()
    {
        using var garment = Samples.Fill(Samples.Boxed(300, 300, Samples.Blue), 100, 140, 100, 20, Samples.White);

        using var result = Composed(Samples.Person, garment.PngsaveBuffer());

        Assert.Equal(Samples.White, result.Getpoint(160, 248));
    }

    [Fact]
    public void Compose_OffWhiteShadowAtTheHem_Fades()
    {
        using var garment = Samples.Fill(Samples.Boxed(300, 300, Samples.Blue), 60, 240, 180, 10, Stripe);

        using var cut = Cutout.Create(garment);

        Assert.InRange(cut.Getpoint(90, 185)[3], 150, 240);
    }

    [Fact]
    public void Compose_GarmentWithOwnAlpha_UsesIt()
    {
        using var cover = Samples.Fill(Image.Black(300, 300), 60, 60, 180, 180, [255]);
        using var garment = Samples.Plain(300, 300, Samples.White).Bandjoin(cover);

        using var result = Composed(Samples.Person, garment.PngsaveBuffer());

        Assert.Equal(Samples.White, result.Getpoint(160, 248));
        Assert.Equal(Samples.Red, result.Getpoint(61, 248));
    }

    [Fact]
    public void Compose_TallGarment_IsCutAtTheBottom()
    {
        using var result = Composed(Samples.Person, Samples.Png(300, 900, Samples.Blue));

        Assert.Equal((320, 400), (result.Width, result.Height));
        Assert.Equal(Samples.Blue, result.Getpoint(160, 399));
    }

    [Fact]
    public void Compose_WideGarment_KeepsItsShape()
    {
        using var result = Composed(Samples.Person, Samples.Png(960, 300, Samples.Blue));

        // 192 wide, so 60 high: from y 152 to 212.
        Assert.Equal(Samples.Blue, result.Getpoint(160, 209));
        Assert.Equal(Samples.Red, result.Getpoint(160, 215));
    }

    [Theory]
    [MemberData(nameof(OtherFiles))]
    public void Compose_FileOfAnotherKind_IsAPngOfItsSize(byte[] person)
    {
        using var result = Composed(person, Samples.Garment);

        Assert.Equal((320, 400), (result.Width, result.Height));
        Assert.Equal(Samples.Blue, result.Getpoint(160, 248)[..3]);
        Assert.InRange(result.Getpoint(10, 10)[0], 198, 202);
    }

    // Orientation 6 means to rotate clockwise for display, so the left side of the stored picture is the top of the
    // shown one.
    [Fact]
    public void Compose_PersonStoredOnTheSide_IsUpright()
    {
        using var stored = Samples.Fill(Samples.Plain(400, 320, Samples.Red), 0, 0, 40, 320, Samples.White);
        var file = stored.Mutate(change => change.Set(GValue.GIntType, "orientation", 6)).JpegsaveBuffer(q: 100);

        using var result = Composed(file, Samples.Garment);

        Assert.Equal((320, 400), (result.Width, result.Height));
        Assert.InRange(result.Getpoint(160, 10)[1], 250, 255);
        Assert.Equal(Samples.Blue, result.Getpoint(160, 248));
    }

    [Theory]
    [MemberData(nameof(Unreadable))]
    public void Compose_UnreadableEither_IsThePersonAsItCame(byte[] file)
    {
        Assert.Same(file, Composer.Compose(file, Samples.Garment));
        Assert.Same(Samples.Person, Composer.Compose(Samples.Person, file));
    }

    // Damage to the chunk between them or to the end after them loses no pixel.
    [Fact]
    public void Compose_DamagedHeaderOrPixels_IsThePersonAsItCame()
    {
        var file = Samples.Boxed(10, 10, Samples.Blue).PngsaveBuffer(keep: Enums.ForeignKeep.None);
        var pixels = file.AsSpan().IndexOf("IDAT"u8) - 4;
        var end = file.AsSpan().IndexOf("IEND"u8) - 4;
        foreach (var at in Enumerable.Range(0, 33).Concat(Enumerable.Range(pixels, end - pixels)))
        {
            var changed = (byte[])file.Clone();
            changed[at] ^= 0x41;
            Assert.True(Samples.Person == Composer.Compose(Samples.Person, changed), $"byte {at} changed");
            Assert.True(Samples.Person == Composer.Compose(Samples.Person, file[..at]), $"cut at {at}");
        }
    }

    [Fact]
    public void Compose_MorePixelsThanAllowed_IsThePersonAsItCame()
    {
        var (most, more) = (Samples.Png(4000, 3000, Samples.Blue), Samples.Png(4001, 3000, Samples.Blue));

        Assert.NotSame(Samples.Person, Composer.Compose(Samples.Person, most));
        Assert.Same(Samples.Person, Composer.Compose(Samples.Person, more));
        Assert.Same(more, Composer.Compose(more, Samples.Garment));
    }

    [Fact]
    public void Decode_MorePixelsThanAllowed_IsNullWithoutDecoding()
    {
        // The header is complete and most pixels are missing, so that decoding them would throw.
        var header = Samples.Png(4001, 3000, Samples.Blue)[..5000];

        Assert.Null(Decoder.Decode(header, Composer.PixelsMax));
        using var allowed = Decoder.Decode(header, 4001 * 3000);
        Assert.Throws<VipsException>(() => allowed!.Avg());
    }

    [Fact]
    public void Compose_NothingButBackground_IsThePersonAsItCame() =>
        Assert.Same(Samples.Person, Composer.Compose(Samples.Person, Samples.Png(300, 300, Samples.White)));

    // A garment one pixel wide would become 192 times as tall when scaled to the width of a torso.
    [Fact]
    public void Compose_GarmentThatWouldGrowHuge_IsThePersonAsItCame() =>
        Assert.Same(Samples.Person, Composer.Compose(Samples.Person, Samples.Png(1, 4000, Samples.Blue)));

    [Fact]
    public void Compose_SamePicturesAtOnce_GivesTheSameBytes()
    {
        var first = Composer.Compose(Samples.Person, Samples.Garment);

        Parallel.For(0, 32, _ => Assert.Equal(first, Composer.Compose(Samples.Person, Samples.Garment)));
    }

    private static Image Composed(byte[] person, byte[] garment)
    {
        var result = Composer.Compose(person, garment);
        Assert.Equal(PictureFormat.Png, PictureHeaders.Format(result));
        Assert.NotSame(person, result);
        return Image.NewFromBuffer(result);
    }
}
