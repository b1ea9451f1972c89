using NetVips;
using TryOn.Core.Images;

namespace TryOn.Imaging.Codecs;

/// <summary>Brings every colour space to sRGB of 8 bits.</summary>
internal static class ColourConversion
{
    private const string Profile = "icc-profile-data";
    private const int BandsMax = 5;
    private const int Depth = 8;

    /// <summary>With 3 bands, or 4 where there is transparency.</summary>
    public static Image ToSrgb(Image image)
    {
        if (!IsSupported(image))
        {
            using (image)
            {
                throw new ImageFaultException(
                    ImageFault.UnsupportedFormat,
                    "The image's pixels are of a rare kind; send RGB, grey or CMYK of 8 or 16 bits.");
            }
        }

        return image.Then(Convert).Then(EightBit).Then(ThreeOrFour);
    }

    /// <summary>Numbers without a colour space of their own have no agreed range.</summary>
    private static bool IsSupported(Image image) => image.Bands <= BandsMax
        && (image.Format is Enums.BandFormat.Uchar or Enums.BandFormat.Ushort || HasOwnRange(image.Interpretation));

    private static bool HasOwnRange(Enums.Interpretation interpretation) => interpretation is
        Enums.Interpretation.Scrgb or Enums.Interpretation.Lab or Enums.Interpretation.Labs or Enums.Interpretation.Xyz;

    private static Image Convert(Image image)
    {
        if (!image.Contains(Profile) || HasOwnRange(image.Interpretation))
            return ByInterpretation(image);
        try
        {
            return image.IccTransform("srgb", embedded: true, intent: Enums.Intent.Relative, depth: Depth);
        }
        catch (VipsException)
        {
            // A damaged profile, or one of another number of channels, is as good as none.
            return image.Mutate(copy => copy.Remove(Profile)).Then(ByInterpretation);
        }
    }

    private static Image ByInterpretation(Image image) => image.Interpretation switch
    {
        Enums.Interpretation.Srgb => image.Copy(),
        Enums.Interpretation.Multiband when image.Format == Enums.BandFormat.Ushort => image
            .Copy(interpretation: image.Bands >= 3 ? Enums.Interpretation.Rgb16 : Enums.Interpretation.Grey16)
            .Then(wide => wide.Colourspace(Enums.Interpretation.Srgb)),
        Enums.Interpretation.Multiband => image
            .Copy(interpretation: image.Bands >= 3 ? Enums.Interpretation.Srgb : Enums.Interpretation.Bw)
            .Then(plain => plain.Colourspace(Enums.Interpretation.Srgb)),
        _ => image.Colourspace(Enums.Interpretation.Srgb),
    };

    /// <summary>Scaled and never cut off: a value above 255 would become white.</summary>
    private static Image EightBit(Image image) => image.Format switch
    {
        Enums.BandFormat.Uchar => image.Copy(),
        Enums.BandFormat.Ushort => image.Cast(Enums.BandFormat.Uchar, shift: true),
        _ => image.Cast(Enums.BandFormat.Uchar),
    };

    private static Image ThreeOrFour(Image image) => image.Bands switch
    {
        1 => image.Bandjoin([image, image]),
        2 => Grey(image),
        3 or 4 => image.Copy(),
        _ => image.ExtractBand(0, n: 4),
    };

    private static Image Grey(Image image)
    {
        using var grey = image[0];
        using var alpha = image[1];
        return grey.Bandjoin([grey, grey, alpha]);
    }
}
