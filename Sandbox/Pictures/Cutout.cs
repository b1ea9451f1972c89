using NetVips;

namespace TryOn.Sandbox.Pictures;

/// <summary>
/// Removes a garment's near-white background. Only white that is connected to the border counts as background, so a
/// white stripe or collar stays.
/// </summary>
public static class Cutout
{
    // Thresholds of a pixel's darkest channel: from White up it is background, below Garment it is not, and in between
    // it fades, so that the shadow at a hem does not end in a hard line.
    private const int White = 250;
    private const int Garment = 238;
    private const int Opaque = 255;
    private const double Slope = (double)Opaque / (White - Garment);

    // Fainter pixels are specks of the background and must not enlarge the garment's frame.
    private const int FrameAlphaMin = 24;

    // Marks the background in the result of a comparison, whose values are 0 and 255.
    private const int Mark = 128;

    /// <summary>Returns only the garment, as RGBA and cropped to its frame.</summary>
    /// <exception cref="VipsException">The picture is all background, so the frame is empty.</exception>
    public static Image Create(Image product)
    {
        using var alpha = Alpha(product).Then(computed => computed.CopyMemory());
        var frame = alpha.FindTrim(FrameAlphaMin - 1, [0], lineArt: true).Select(Convert.ToInt32).ToArray();
        return product.ExtractBand(0, n: 3)
            .Then(color => color.Bandjoin(alpha))
            .Then(cut => cut.Crop(frame[0], frame[1], frame[2], frame[3]));
    }

    private static Image Alpha(Image product)
    {
        using var last = product[product.Bands - 1];
        if (product.HasAlpha() && last.Min() < Opaque)
            return last.Copy();
        using var green = product[1];
        using var blue = product[2];
        using var darkest = product[0].Then(red => red.Bandrank([green, blue], index: 0));
        using var fading = darkest.Linear([-Slope], [White * Slope], uchar: true);
        using var background = Background(darkest);
        return background.Ifthenelse(fading, Opaque);
    }

    // The flood fill starts in a white frame around the picture.
    private static Image Background(Image darkest) => (darkest >= Garment)
        .Then(light => light.Embed(1, 1, light.Width + 2, light.Height + 2, Enums.Extend.White))
        .Then(framed => framed.Mutate(fill => fill.DrawFlood([Mark], 0, 0, equal: true)))
        .Then(filled => filled.Crop(1, 1, darkest.Width, darkest.Height))
        .Then(filled => filled.Equal(Mark));
}
