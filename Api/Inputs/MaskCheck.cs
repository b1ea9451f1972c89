using TryOn.Core.Errors;
using TryOn.Core.Images;

namespace TryOn.Api.Inputs;

/// <summary>
/// Whether a mask fits its person: a PNG of less than 4 MB, and exactly as large as the picture that it lies on
/// (https://platform.openai.com/docs/api-reference/images/createEdit). Where it is transparent, the picture may change.
/// </summary>
public static class MaskCheck
{
    private const int BytesMax = 4 * 1024 * 1024 - 1;

    /// <param name="image">Where it came in.</param>
    public static Result<CheckedImage> Check(byte[] content, ImageReference image, CheckedImage person)
    {
        if (ImageInspector.Check(
            content, ImageLimits.Default with { SideMin = 1, BytesMax = BytesMax }) is not ImageCheck.Accepted mask
            || mask.Info.Format != ImageFormat.Png)
            return Wrong("A mask is a PNG picture of less than 4 MB.", image);
        return (mask.Info.Width, mask.Info.Height) == (person.Info.Width, person.Info.Height)
            ? new CheckedImage(mask.Info, mask.Content)
            : Wrong(
                $"The mask is {mask.Info.Width}x{mask.Info.Height} pixels, and the person's picture "
                    + $"{person.Info.Width}x{person.Info.Height}.",
                image);
    }

    private static Error Wrong(string message, ImageReference image) =>
        new(ErrorCode.InvalidRequest, message, image.Param);
}
