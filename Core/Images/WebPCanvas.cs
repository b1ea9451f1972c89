namespace TryOn.Core.Images;

// The VP8X chunk: flags, three reserved bytes, then width and height less one in 24 bits each.
internal sealed record WebPCanvas(int Width, int Height, WebPFeatures Features)
{
    private const int Length = 10;

    public static WebPCanvas? Read(ReadOnlySpan<byte> data) => data.Length == Length
        ? new(Number24(data[4..]) + 1, Number24(data[7..]) + 1, (WebPFeatures)data[0])
        : null;

    public byte[] ToBytes()
    {
        var (width, height) = (Width - 1, Height - 1);
        return
        [
            (byte)Features, 0, 0, 0,
            (byte)width, (byte)(width >> 8), (byte)(width >> 16),
            (byte)height, (byte)(height >> 8), (byte)(height >> 16),
        ];
    }

    private static int Number24(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);
}

[Flags]
internal enum WebPFeatures
{
    None = 0,
    Animation = 0x02,
    Exif = 0x08,
    Alpha = 0x10,
    Profile = 0x20,
}
