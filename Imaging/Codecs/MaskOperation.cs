using NetVips;
using TryOn.Core.Images;
using TryOn.Imaging.Protocol;

namespace TryOn.Imaging.Codecs;

/// <summary>
/// A mask is a PNG, as large as its picture is shown, and the picture may change where the mask is transparent
/// (https://platform.openai.com/docs/api-reference/images/createEdit).
/// </summary>
internal static class MaskOperation
{
    private const int Opaque = 255;

    public static ImageReply.Accepted Normalize(WorkerRequest request)
    {
        if (ImageKinds.Recognize(request.Content) != ImageKind.Png || request.Content.Length > request.BytesMax)
            throw Unfit($"A mask is a PNG picture of at most {request.BytesMax} bytes.");
        var source = ImageSource.Open(request.Content, ImageLimits.Source);
        if (source.Shown != request.Shown)
            throw Unfit($"The mask is {source.Shown} pixels, and the person's picture {request.Shown}.");
        if (!source.HasAlpha)
            throw Unfit("The mask has no transparency: the picture may change where the mask is transparent.");
        var mask = source.ReadAll(() => Encode(source, request.Sides));
        if (mask.Length > request.BytesMax)
            throw Unfit($"The mask becomes {mask.Length} bytes; at most {request.BytesMax} are allowed.");
        return new ImageReply.Accepted(new ImageInfo(ImageFormat.Png, request.Sides), mask, source.Shown);
    }

    private static byte[] Encode(ImageSource source, ImageSides sides)
    {
        using var decoded = source.Decode().Then(image => image.CopyMemory());
        using var alpha = decoded[decoded.Bands - 1];
        if (alpha.Min() >= Opaque)
            throw Unfit("The mask is transparent nowhere, so that nothing of the picture may change.");
        // Only the transparency counts, and black costs no bytes.
        using var black = Image.Black(decoded.Width, decoded.Height, bands: 3);
        using var plain = black.Bandjoin(alpha).Then(mask => mask.Copy(interpretation: Enums.Interpretation.Srgb));
        using var scaled = ImageEncoder.Resize(plain, sides);
        return ImageEncoder.Write(scaled, ImageFormat.Png, quality: 0);
    }

    private static ImageFaultException Unfit(string message) => new(ImageFault.UnfitMask, message);
}
