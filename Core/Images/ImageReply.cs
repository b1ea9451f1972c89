namespace TryOn.Core.Images;

/// <summary>What came of a picture that the codec was given.</summary>
public abstract record ImageReply
{
    private ImageReply()
    {
    }

    /// <param name="Info">Of <paramref name="Content"/>.</param>
    /// <param name="Content">The given array where nothing had to change.</param>
    /// <param name="Shown">The sides of the picture that was given.</param>
    public sealed record Accepted(
        ImageInfo Info, byte[] Content, ImageSides Shown, ContentCredentials Credentials = ContentCredentials.None)
        : ImageReply;

    /// <param name="Message">Shown to the caller as it stands, so it never quotes bytes of the picture.</param>
    public sealed record Refused(ImageFault Fault, string Message) : ImageReply;

    /// <summary>The codec could not work. This says nothing about the picture.</summary>
    public sealed record Unavailable : ImageReply;
}

public enum ImageFault
{
    None = 0,
    NotAnImage = 1,
    UnsupportedFormat = 2,
    Corrupt = 3,
    TooSmall = 4,
    TooLarge = 5,
    TooManyBytes = 6,

    /// <summary>It takes more time or memory than a picture is given.</summary>
    TooCostly = 7,

    /// <summary>A mask without transparency, of another format, or of other sides than its picture.</summary>
    UnfitMask = 8,
}

/// <summary>
/// What became of a picture's Content Credentials (C2PA, https://c2pa.org), which are signed over the file's bytes.
/// </summary>
public enum ContentCredentials
{
    /// <summary>It had none.</summary>
    None = 0,
    Kept = 1,

    /// <summary>The file had to be written anew, which would have made them invalid.</summary>
    Removed = 2,
}
