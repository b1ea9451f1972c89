namespace TryOn.Sandbox.Pictures;

/// <summary>Row filters (https://www.w3.org/TR/png-3/#9Filters): each byte is stored as a difference to a prediction.</summary>
public static class PngFilters
{
    public const byte Up = 2;

    /// <summary>Restores a row in place; false when the filter is unknown.</summary>
    public static bool Undo(byte filter, Span<byte> row, ReadOnlySpan<byte> above, int pixelBytes)
    {
        if (filter > 4)
            return false;
        for (var at = 0; at < row.Length && filter != 0; at++)
        {
            var left = at >= pixelBytes ? row[at - pixelBytes] : 0;
            var corner = at >= pixelBytes ? above[at - pixelBytes] : 0;
            row[at] += filter switch
            {
                1 => (byte)left,
                Up => above[at],
                3 => (byte)((left + above[at]) / 2),
                _ => (byte)Paeth(left, above[at], corner),
            };
        }

        return true;
    }

    public static void ApplyUp(ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, Span<byte> filtered)
    {
        for (var at = 0; at < row.Length; at++)
            filtered[at] = (byte)(row[at] - above[at]);
    }

    private static int Paeth(int left, int above, int corner)
    {
        var guess = left + above - corner;
        var (toLeft, toAbove, toCorner) = (Math.Abs(guess - left), Math.Abs(guess - above), Math.Abs(guess - corner));
        if (toLeft <= toAbove && toLeft <= toCorner)
            return left;
        return toAbove <= toCorner ? above : corner;
    }
}
