namespace TryOn.Sandbox.Pictures;

/// <summary>
/// Frees a garment from its near-white background. Only white that reaches the border is background, so a white
/// stripe or collar stays.
/// </summary>
public static class Cutout
{
    // The darkest channel of a pixel: from White up it is surely background, below Garment surely not, between them
    // it fades, which keeps the shadow at a hem from ending in a hard line.
    private const int White = 250;
    private const int Garment = 238;

    // Fainter than this is dust of the background and must not widen the garment's frame.
    private const byte FrameAlphaMin = 24;

    /// <summary>The garment alone, cropped to its frame; null when there is nothing but background.</summary>
    public static Picture? Of(Picture product)
    {
        var cut = product with { Rgba = [.. product.Rgba] };
        if (product.IsOpaque())
            ClearBackground(cut);
        return Trim(cut);
    }

    private static void ClearBackground(Picture cut)
    {
        var seen = new bool[cut.Width * cut.Height];
        var open = new Stack<(int X, int Y)>();
        for (var x = 0; x < cut.Width; x++)
            Visit(x, 0, x, cut.Height - 1);
        for (var y = 0; y < cut.Height; y++)
            Visit(0, y, cut.Width - 1, y);
        while (open.TryPop(out var at))
        {
            Visit(at.X - 1, at.Y, at.X + 1, at.Y);
            Visit(at.X, at.Y - 1, at.X, at.Y + 1);
        }

        void Visit(int x1, int y1, int x2, int y2)
        {
            if (Clears(cut, seen, x1, y1))
                open.Push((x1, y1));
            if (Clears(cut, seen, x2, y2))
                open.Push((x2, y2));
        }
    }

    // True the first time a pixel is found to be background.
    private static bool Clears(Picture cut, bool[] seen, int x, int y)
    {
        if ((uint)x >= (uint)cut.Width || (uint)y >= (uint)cut.Height || seen[(y * cut.Width) + x])
            return false;
        seen[(y * cut.Width) + x] = true;
        var pixel = cut.Pixel(x, y);
        var darkest = Math.Min(pixel[0], Math.Min(pixel[1], pixel[2]));
        if (darkest < Garment)
            return false;
        pixel[3] = (byte)(Math.Max(0, White - darkest) * byte.MaxValue / (White - Garment));
        return true;
    }

    private static Picture? Trim(Picture cut)
    {
        var (left, top, right, bottom) = (cut.Width, cut.Height, -1, -1);
        for (var y = 0; y < cut.Height; y++)
        {
            for (var x = 0; x < cut.Width; x++)
            {
                if (cut.Pixel(x, y)[3] < FrameAlphaMin)
                    continue;
                (left, top) = (Math.Min(left, x), Math.Min(top, y));
                (right, bottom) = (Math.Max(right, x), Math.Max(bottom, y));
            }
        }

        return right < 0 ? null : cut.Crop(left, top, right - left + 1, bottom - top + 1);
    }
}
