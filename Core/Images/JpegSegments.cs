using System.Buffers;
using System.Buffers.Binary;

namespace TryOn.Core.Images;

// Walks a JPEG segment by segment: marker, length, data; the coded pixels that follow a scan header carry no length.
internal ref struct JpegSegments(ReadOnlySpan<byte> content)
{
    private ReadOnlySpan<byte> _rest = content[2..];

    // The start marker, and the first byte of whichever marker comes next.
    public static ReadOnlySpan<byte> Signature => [0xFF, JpegMarkers.StartOfImage, 0xFF];

    public byte Marker { get; private set; }

    public ReadOnlySpan<byte> Data { get; private set; }

    // False when what is left is not a whole segment. A marker may be preceded by any number of 0xFF fill bytes.
    public bool Next()
    {
        var code = _rest.IndexOfAnyExcept((byte)0xFF);
        if (code < 1) return false;
        Marker = _rest[code];
        Data = default;
        _rest = _rest[(code + 1)..];
        return JpegMarkers.IsAlone(Marker) || TakeData();
    }

    // Everything up to the next marker that is neither a stuffed zero nor a restart.
    public ReadOnlySpan<byte> TakeScan()
    {
        var scan = _rest;
        while (_rest.IndexOf((byte)0xFF) is >= 0 and var next)
        {
            _rest = _rest[next..];
            var code = _rest.IndexOfAnyExcept((byte)0xFF);
            if (code < 0) break;
            if (_rest[code] != 0 && !JpegMarkers.IsRestart(_rest[code])) return scan[..^_rest.Length];
            _rest = _rest[(code + 1)..];
        }

        _rest = default;
        return scan;
    }

    public static void Write(byte marker, ReadOnlySpan<byte> data, IBufferWriter<byte> output)
    {
        output.Write<byte>([0xFF, marker]);
        if (JpegMarkers.IsAlone(marker)) return;
        // The length counts itself.
        BinaryPrimitives.WriteUInt16BigEndian(output.GetSpan(2), (ushort)(data.Length + 2));
        output.Advance(2);
        output.Write(data);
    }

    private bool TakeData()
    {
        if (_rest.Length < 2) return false;
        var length = BinaryPrimitives.ReadUInt16BigEndian(_rest);
        if (length < 2 || length > _rest.Length) return false;
        Data = _rest[2..length];
        _rest = _rest[length..];
        return true;
    }
}
