namespace TryOn.Core.Images;

// Chunk types as their four letters read from left to right.
internal static class WebPTypes
{
    public const uint Extended = 0x56503858;        // VP8X
    public const uint Lossy = 0x56503820;           // VP8 and a space
    public const uint Lossless = 0x5650384C;        // VP8L
    public const uint Alpha = 0x414C5048;           // ALPH
    public const uint Profile = 0x49434350;         // ICCP
    public const uint Exif = 0x45584946;            // EXIF
    public const uint Animation = 0x414E494D;       // ANIM
    public const uint AnimationFrame = 0x414E4D46;  // ANMF
}
