namespace TryOn.Sandbox.Pictures;

public enum PictureFormat
{
    Unknown,
    Png,
    Jpeg,
    WebP,
    Heif,
}
