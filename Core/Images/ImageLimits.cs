namespace TryOn.Core.Images;

public sealed record ImageLimits(int SideMin, int SideMax, long PixelsMax, int BytesMax)
{
    public static ImageLimits Default { get; } =
        new(SideMin: 64, SideMax: 8192, PixelsMax: 40_000_000, BytesMax: 10 * 1024 * 1024);

    internal ImageCheck.Refused? Refuse(int bytes) => bytes <= BytesMax
        ? null
        : new(ImageFault.TooManyBytes, $"The image is {bytes} bytes; at most {BytesMax} are allowed.");

    internal ImageCheck.Refused? Refuse(ImageInfo info)
    {
        var size = $"The image is {info.Width}x{info.Height} pixels";
        if (Math.Max(info.Width, info.Height) > SideMax)
            return new(ImageFault.TooLarge, $"{size}; the longest side allowed is {SideMax}.");
        if (Math.Min(info.Width, info.Height) < SideMin)
            return new(ImageFault.TooSmall, $"{size}; the shortest side allowed is {SideMin}.");
        var pixels = (long)info.Width * info.Height;
        return pixels <= PixelsMax
            ? null
            : new(ImageFault.TooLarge, $"{size}, {pixels} in all; at most {PixelsMax} are allowed.");
    }
}
