using NetVips;

namespace TryOn.Sandbox.Pictures;

/// <summary>The sandbox's try-on: cuts the garment out and places it over the person's torso.</summary>
public static class Composer
{
    public const long PixelsMax = 12_000_000;

    // Where the torso is in a typical portrait; the sandbox detects no bodies.
    private const double TopShare = 0.38;
    private const double WidthShare = 0.60;

    /// <summary>
    /// Returns a PNG of the person's size, or the person's own file if a picture cannot be processed.
    /// </summary>
    public static byte[] Compose(byte[] person, byte[] garment)
    {
        try
        {
            using var body = Decoder.Decode(person, PixelsMax);
            using var product = Decoder.Decode(garment, PixelsMax);
            if (body is null || product is null)
                return person;
            using var cut = Cutout.Create(product);
            var scale = Math.Max(1, Math.Round(body.Width * WidthShare)) / cut.Width;
            return cut.Width * scale * cut.Height * scale <= PixelsMax ? Overlay(body, cut, scale) : person;
        }
        catch (VipsException)
        {
            return person;
        }
    }

    private static byte[] Overlay(Image body, Image cut, double scale)
    {
        using var garment = Scale(cut, scale);
        var (left, top) = ((body.Width - garment.Width) / 2, (int)Math.Round(body.Height * TopShare));
        using var composed = body.Composite2(garment, Enums.BlendMode.Over, left, top)
            .Then(both => both.ExtractBand(0, n: body.Bands));
        return composed.PngsaveBuffer(compression: 1, filter: Enums.ForeignPngFilter.Up, keep: Enums.ForeignKeep.None);
    }

    // Colours are premultiplied by alpha; otherwise the cleared background would bleed white into the edges.
    private static Image Scale(Image cut, double scale) => cut.Premultiply()
        .Then(weighted => weighted.Cast(Enums.BandFormat.Uchar))
        .Then(weighted => weighted.Resize(scale, Enums.Kernel.Linear))
        .Then(weighted => weighted.Unpremultiply())
        .Then(scaled => scaled.Cast(Enums.BandFormat.Uchar));
}
