using TryOn.Sandbox.Pictures;

namespace TryOn.Sandbox.Tests.Pictures;

public sealed class ComposerTests
{
    private static readonly byte[] Stripe = [240, 240, 240, 255];

    [Fact]
    public void Compose_GarmentOnWhite_CoversTheTorsoOnly()
    {
        var result = Composed(Samples.Person, Samples.Garment);

        Assert.Equal((320, 400), (result.Width, result.Height));
        // The box is 60 % of 320 wide, so from x 64 to 256, and square, so from y 152 (38 %) to 344.
        Assert.Equal(Samples.Blue, result.Pixel(160, 248).ToArray());
        Assert.Equal(Samples.Blue, result.Pixel(67, 155).ToArray());
        Assert.Equal(Samples.Blue, result.Pixel(252, 340).ToArray());
        Assert.Equal(Samples.Red, result.Pixel(61, 248).ToArray());
        Assert.Equal(Samples.Red, result.Pixel(258, 248).ToArray());
        Assert.Equal(Samples.Red, result.Pixel(160, 149).ToArray());
        Assert.Equal(Samples.Red, result.Pixel(160, 347).ToArray());
    }

    [Fact]
    public void Compose_WhiteBackground_LeavesNoWhiteAtEdges()
    {
        var garment = Samples.Boxed(300, 300, Samples.Blue);
        Samples.Fill(garment, 140, 60, 21, 120, Samples.White);

        var result = Composed(Samples.Person, PngWriter.Write(garment));

        // Both colours have little green; white has all of it. The person shows through the slit.
        for (var x = 0; x < result.Width; x++)
            Assert.True(result.Pixel(x, 248)[1] <= 41, $"green {result.Pixel(x, 248)[1]} at {x}");
        Assert.Equal(Samples.Red, result.Pixel(160, 200).ToArray());
    }

    [Fact]
    public void Compose_LightStripeInside_IsKept()
    {
        var garment = Samples.Boxed(300, 300, Samples.Blue);
        Samples.Fill(garment, 100, 140, 100, 20, Samples.White);

        var result = Composed(Samples.Person, PngWriter.Write(garment));

        Assert.Equal(Samples.White, result.Pixel(160, 248).ToArray());
    }

    [Fact]
    public void Compose_OffWhiteShadowAtTheHem_Fades()
    {
        var garment = Samples.Boxed(300, 300, Samples.Blue);
        Samples.Fill(garment, 60, 240, 180, 10, Stripe);

        var faded = Cutout.Of(garment)!.Pixel(90, 185)[3];

        Assert.InRange(faded, 150, 240);
    }

    [Fact]
    public void Compose_GarmentWithOwnAlpha_UsesIt()
    {
        var garment = Picture.Blank(300, 300);
        Samples.Fill(garment, 0, 0, 300, 300, [255, 255, 255, 0]);
        Samples.Fill(garment, 60, 60, 180, 180, Samples.White);

        var result = Composed(Samples.Person, PngWriter.Write(garment));

        Assert.Equal(Samples.White, result.Pixel(160, 248).ToArray());
        Assert.Equal(Samples.Red, result.Pixel(61, 248).ToArray());
    }

    [Fact]
    public void Compose_TallGarment_IsCutAtTheBottom()
    {
        var result = Composed(Samples.Person, PngWriter.Write(Samples.Plain(300, 900, Samples.Blue)));

        Assert.Equal((320, 400), (result.Width, result.Height));
        Assert.Equal(Samples.Blue, result.Pixel(160, 399).ToArray());
    }

    [Fact]
    public void Compose_JpegEither_IsThePersonAsItCame()
    {
        Assert.Same(Samples.Jpeg, Composer.Compose(Samples.Jpeg, Samples.Garment));
        Assert.Same(Samples.Person, Composer.Compose(Samples.Person, Samples.Jpeg));
    }

    [Fact]
    public void Compose_NothingButBackground_IsThePersonAsItCame() =>
        Assert.Same(Samples.Person, Composer.Compose(Samples.Person, PngWriter.Write(Samples.Plain(300, 300, Samples.White))));

    // One pixel wide, it would be 192 times as tall once it is as wide as a torso.
    [Fact]
    public void Compose_GarmentThatWouldGrowHuge_IsThePersonAsItCame() => Assert.Same(
        Samples.Person, Composer.Compose(Samples.Person, PngWriter.Write(Samples.Plain(1, 4000, Samples.Blue))));

    private static Picture Composed(byte[] person, byte[] garment) =>
        PngReader.Read(Composer.Compose(person, garment), Composer.PixelsMax)!;
}
