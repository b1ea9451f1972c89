namespace TryOn.Core.Images;

// Sides are as stored: an orientation of 5 to 8 means that a viewer shows them swapped.
public sealed record ImageInfo(ImageFormat Format, int Width, int Height, int Orientation)
{
    public string ContentType => Format.ContentType();

    // Without the dot.
    public string Extension => Format.Extension();
}
