namespace TryOn.Core.Images;

public enum ImageFault
{
    NotAnImage,
    UnsupportedFormat,
    Corrupt,
    Animated,
    TooSmall,
    TooLarge,
    TooManyBytes,
}

public abstract record ImageCheck
{
    private ImageCheck()
    {
    }

    // Content is the picture without its metadata; it is the caller's own array when there was nothing to remove.
    public sealed record Accepted(ImageInfo Info, byte[] Content) : ImageCheck;

    // Message is shown to the caller as it stands, so it never quotes bytes of the picture.
    public sealed record Refused(ImageFault Fault, string Message) : ImageCheck;

    internal static Refused Corrupt(string message) => new(ImageFault.Corrupt, message);

    internal static Refused Animated() => new(ImageFault.Animated, "The image is animated; send a still picture.");
}
