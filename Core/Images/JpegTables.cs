namespace TryOn.Core.Images;

// Which of the four places of each kind of table hold one; a scan that needs an empty place cannot be decoded.
internal sealed class JpegTables
{
    private const int PlacesMax = 4;
    private const int CodeLengths = 16;
    private const int SymbolsMax = 256;

    private readonly bool[] _quantization = new bool[PlacesMax];
    private readonly bool[] _first = new bool[PlacesMax];
    private readonly bool[] _rest = new bool[PlacesMax];

    public bool HasQuantization(int place) => _quantization[place];

    // Tables for a block's first coefficient.
    public bool HasFirst(int place) => place < PlacesMax && _first[place];

    // Tables for its other 63.
    public bool HasRest(int place) => place < PlacesMax && _rest[place];

    public bool TakeQuantization(ReadOnlySpan<byte> data)
    {
        while (!data.IsEmpty)
        {
            var (wide, place) = (data[0] >> 4, data[0] & 15);
            var length = 1 + (64 * (wide + 1));
            if (wide > 1 || place >= PlacesMax || data.Length < length) return false;
            _quantization[place] = true;
            data = data[length..];
        }

        return true;
    }

    public bool TakeHuffman(ReadOnlySpan<byte> data)
    {
        while (!data.IsEmpty)
        {
            var (kind, place) = (data[0] >> 4, data[0] & 15);
            if (kind > 1 || place >= PlacesMax || data.Length < 1 + CodeLengths) return false;
            var symbols = 0;
            foreach (var count in data.Slice(1, CodeLengths)) symbols += count;
            if (symbols > SymbolsMax || data.Length < 1 + CodeLengths + symbols) return false;
            (kind == 0 ? _first : _rest)[place] = true;
            data = data[(1 + CodeLengths + symbols)..];
        }

        return true;
    }
}
