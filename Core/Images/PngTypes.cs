namespace TryOn.Core.Images;

// Chunk types as their four letters read from left to right.
internal static class PngTypes
{
    public const uint Header = 0x49484452;          // IHDR
    public const uint Palette = 0x504C5445;         // PLTE
    public const uint Pixels = 0x49444154;          // IDAT
    public const uint End = 0x49454E44;             // IEND
    public const uint Transparency = 0x74524E53;    // tRNS
    public const uint Profile = 0x69434350;         // iCCP
    public const uint StandardColour = 0x73524742;  // sRGB
    public const uint Gamma = 0x67414D41;           // gAMA
    public const uint Chromaticities = 0x6348524D;  // cHRM
    public const uint Exif = 0x65584966;            // eXIf
    public const uint Animation = 0x6163544C;       // acTL

    private const uint AncillaryBit = 0x20000000;

    // A capital first letter marks a chunk without which the picture cannot be drawn.
    public static bool IsCritical(uint type) => (type & AncillaryBit) == 0;

    public static bool IsLetters(uint type) =>
        char.IsAsciiLetter((char)(type >> 24)) && char.IsAsciiLetter((char)((type >> 16) & 0xFF))
        && char.IsAsciiLetter((char)((type >> 8) & 0xFF)) && char.IsAsciiLetter((char)(type & 0xFF));
}
