namespace TryOn.Core.Images;

internal enum PngVerdict
{
    Keep,
    Drop,
    Broken,
    Animated,
}

// Says for each chunk, in file order, whether it may stay. Kept: IHDR, the colour space before PLTE and IDAT, PLTE,
// tRNS between PLTE and IDAT, one run of IDAT, IEND. An unknown chunk is dropped unless it is critical: without it
// the picture would be another one. https://www.w3.org/TR/png-3/#5ChunkOrdering
internal sealed class PngOrder
{
    private readonly HashSet<uint> _seen = [];
    private PngHeader? _header;
    private int _paletteEntries;
    private uint _previous;
    private bool _hasPixels;

    public PngVerdict Take(uint type, ReadOnlySpan<byte> data)
    {
        if (!PngTypes.IsLetters(type)) return PngVerdict.Broken;
        var due = _header is null ? TakeHeader(type, data) : TakeLater(type, data);
        _previous = type;
        // Only kept types are remembered: the set cannot grow with what a hostile file invents.
        if (due == PngVerdict.Keep) _seen.Add(type);
        return due;
    }

    private PngVerdict TakeHeader(uint type, ReadOnlySpan<byte> data)
    {
        _header = type == PngTypes.Header ? PngHeader.Read(data) : null;
        return _header is null ? PngVerdict.Broken : PngVerdict.Keep;
    }

    private PngVerdict TakeLater(uint type, ReadOnlySpan<byte> data) => type switch
    {
        PngTypes.Palette => TakePalette(data),
        PngTypes.Pixels => TakePixels(data),
        PngTypes.End => _hasPixels && data.IsEmpty ? PngVerdict.Keep : PngVerdict.Broken,
        PngTypes.Animation => PngVerdict.Animated,
        PngTypes.Transparency =>
            Keep(IsTransparency(data) && !_seen.Contains(type) && !_seen.Contains(PngTypes.Pixels)),
        PngTypes.Profile => KeepColour(type, IsProfile(data)),
        PngTypes.StandardColour => KeepColour(type, data.Length == 1),
        PngTypes.Gamma => KeepColour(type, data.Length == 4),
        PngTypes.Chromaticities => KeepColour(type, data.Length == 32),
        _ => PngTypes.IsCritical(type) ? PngVerdict.Broken : PngVerdict.Drop,
    };

    private PngVerdict TakePalette(ReadOnlySpan<byte> data)
    {
        var isMisplaced = _seen.Contains(PngTypes.Palette) || _seen.Contains(PngTypes.Pixels);
        var isForbidden = _header!.Colour is PngColour.Grey or PngColour.GreyAlpha;
        _paletteEntries = data.Length / 3;
        var isSized = data.Length % 3 == 0 && _paletteEntries >= 1 && _paletteEntries <= _header.PaletteMax;
        return isSized && !isMisplaced && !isForbidden ? PngVerdict.Keep : PngVerdict.Broken;
    }

    private PngVerdict TakePixels(ReadOnlySpan<byte> data)
    {
        _hasPixels |= !data.IsEmpty;
        var isSecondRun = _seen.Contains(PngTypes.Pixels) && _previous != PngTypes.Pixels;
        var lacksPalette = _header!.Colour == PngColour.Indexed && _paletteEntries == 0;
        return isSecondRun || lacksPalette ? PngVerdict.Broken : PngVerdict.Keep;
    }

    private PngVerdict KeepColour(uint type, bool isSized) =>
        Keep(isSized && !_seen.Contains(type) && !_seen.Contains(PngTypes.Palette) && !_seen.Contains(PngTypes.Pixels));

    private bool IsTransparency(ReadOnlySpan<byte> data) => _header!.Colour switch
    {
        PngColour.Grey => data.Length == 2,
        PngColour.Rgb => data.Length == 6,
        PngColour.Indexed => data.Length >= 1 && data.Length <= _paletteEntries,
        _ => false,
    };

    // A name of 1 to 79 bytes, its terminator, compression method 0, then the profile.
    private static bool IsProfile(ReadOnlySpan<byte> data) =>
        data.IndexOf((byte)0) is >= 1 and <= 79 and var end && data.Length > end + 2 && data[end + 1] == 0;

    private static PngVerdict Keep(bool isFit) => isFit ? PngVerdict.Keep : PngVerdict.Drop;
}
