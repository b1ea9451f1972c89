namespace TryOn.Core.Images;

// The second byte of each marker. https://www.w3.org/Graphics/JPEG/itu-t81.pdf, table B.1
internal static class JpegMarkers
{
    public const byte BaselineFrame = 0xC0;
    public const byte ExtendedFrame = 0xC1;
    public const byte ProgressiveFrame = 0xC2;
    public const byte HuffmanTables = 0xC4;
    public const byte ArithmeticTables = 0xCC;
    public const byte StartOfImage = 0xD8;
    public const byte EndOfImage = 0xD9;
    public const byte Scan = 0xDA;
    public const byte QuantizationTables = 0xDB;
    public const byte LineCount = 0xDC;
    public const byte RestartInterval = 0xDD;
    public const byte HierarchicalProgression = 0xDE;
    public const byte ExpandReference = 0xDF;
    public const byte App0 = 0xE0;
    public const byte App1 = 0xE1;
    public const byte App2 = 0xE2;
    public const byte App14 = 0xEE;
    public const byte Comment = 0xFE;

    public static bool IsFrame(byte marker) =>
        marker is >= 0xC0 and <= 0xCF and not (HuffmanTables or 0xC8 or ArithmeticTables);

    public static bool IsRestart(byte marker) => marker is >= 0xD0 and <= 0xD7;

    // Markers that no length and no data follow.
    public static bool IsAlone(byte marker) => marker is 0x01 or StartOfImage or EndOfImage || IsRestart(marker);

    // What may be left out without changing a pixel of the frames that are accepted: application data, comments,
    // reserved extensions, tables for a coding that is refused, and a line count that the frame has given already.
    public static bool IsOptional(byte marker) => marker is >= App0 and <= Comment or ArithmeticTables or LineCount;
}
