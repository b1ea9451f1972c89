using System.Runtime.InteropServices;

namespace TryOn.Core.Images;

/// <summary>What a picture is.</summary>
/// <param name="Sides">As a viewer shows it, after its orientation.</param>
public sealed record ImageInfo(ImageFormat Format, ImageSides Sides);

/// <summary>In pixels.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ImageSides(int Width, int Height)
{
    public long Pixels => (long)Width * Height;

    public override string ToString() => $"{Width}x{Height}";
}
