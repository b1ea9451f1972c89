namespace TryOn.Core.Images;

// Follows the segments that make up the pixels and says when they contradict each other.
internal sealed class JpegPicture
{
    // A decoder walks the whole picture once for each scan, so a small file of many scans is an attack on it.
    // Encoders write about ten.
    private const int ScansMax = 256;

    private readonly JpegTables _tables = new();
    private JpegFrame? _frame;
    private int _scans;
    private int _drawn;

    public bool HasScan => _scans > 0;

    // Every component has been drawn at least once.
    public bool IsComplete => _frame is not null && _drawn == (1 << _frame.Components.Length) - 1;

    public ImageCheck.Refused? Take(byte marker, ReadOnlySpan<byte> data)
    {
        if (marker is JpegMarkers.HierarchicalProgression or JpegMarkers.ExpandReference) return RefuseCoding();
        if (JpegMarkers.IsFrame(marker) && !JpegFrame.IsSupported(marker, data)) return RefuseCoding();
        var isSound = marker switch
        {
            JpegMarkers.QuantizationTables => _tables.TakeQuantization(data),
            JpegMarkers.HuffmanTables => _tables.TakeHuffman(data),
            JpegMarkers.RestartInterval => data.Length == 2,
            JpegMarkers.Scan => TakeScan(data),
            _ => JpegMarkers.IsFrame(marker) && TakeFrame(marker, data),
        };
        return isSound ? null : ImageCheck.Corrupt("The JPEG is damaged: a part is missing, misplaced or unknown.");
    }

    private bool TakeFrame(byte marker, ReadOnlySpan<byte> data)
    {
        if (_frame is not null) return false;
        _frame = JpegFrame.Read(marker, data);
        return _frame is not null;
    }

    // Count, a component and its tables for each, then the band of coefficients and the bits of them that follow.
    private bool TakeScan(ReadOnlySpan<byte> data)
    {
        if (_frame is null || data.IsEmpty || ++_scans > ScansMax) return false;
        var count = data[0];
        if (count == 0 || count > _frame.Components.Length || data.Length != 4 + (count * 2)) return false;
        var band = data[^3..];
        if (_frame.IsProgressive && !IsBand(band, count)) return false;
        var taken = 0;
        for (var index = 0; index < count; index++)
        {
            var (id, places) = (data[1 + (index * 2)], data[2 + (index * 2)]);
            var component = Array.FindIndex(_frame.Components, known => known.Id == id);
            if (component < 0 || (taken & (1 << component)) != 0 || !HasTables(component, places, band)) return false;
            taken |= 1 << component;
        }

        if (!_frame.IsProgressive || band[0] == 0) _drawn |= taken;
        return true;
    }

    private static bool IsBand(ReadOnlySpan<byte> band, int count) => band[0] == 0
        ? band[1] == 0
        : count == 1 && band[0] <= band[1] && band[1] <= 63;

    private bool HasTables(int component, byte places, ReadOnlySpan<byte> band)
    {
        // A scan that only refines first coefficients is coded as plain bits.
        var needsFirst = !_frame!.IsProgressive || (band[0] == 0 && band[2] >> 4 == 0);
        var needsRest = !_frame.IsProgressive || band[0] > 0;
        return _tables.HasQuantization(_frame.Components[component].Table)
            && (!needsFirst || _tables.HasFirst(places >> 4))
            && (!needsRest || _tables.HasRest(places & 15));
    }

    private static ImageCheck.Refused RefuseCoding() => new(
        ImageFault.UnsupportedFormat,
        "The JPEG uses a rare coding; send a baseline or progressive one with 8 bits per sample.");
}
