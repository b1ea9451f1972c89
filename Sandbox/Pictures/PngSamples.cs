namespace TryOn.Sandbox.Pictures;

/// <summary>Turns the samples of any colour type into RGBA.</summary>
public static class PngSamples
{
    public static Picture? Expand(byte[] samples, PngHeader header, List<PngChunk> chunks)
    {
        if (header.Color == PngColor.Rgba)
            return new Picture(header.Width, header.Height, samples);
        var palette = Data(chunks, "PLTE");
        var alphas = Data(chunks, "tRNS");
        if (header.Color == PngColor.Palette && palette.IsEmpty)
            return null;
        var picture = Picture.Blank(header.Width, header.Height);
        for (int from = 0, to = 0; to < picture.Rgba.Length; from += header.Channels, to += 4)
        {
            var pixel = picture.Rgba.AsSpan(to, 4);
            if (!ExpandPixel(samples.AsSpan(from, header.Channels), header.Color, palette, alphas, pixel))
                return null;
        }

        return picture;
    }

    private static bool ExpandPixel(
        ReadOnlySpan<byte> sample, PngColor color, ReadOnlySpan<byte> palette, ReadOnlySpan<byte> alphas, Span<byte> pixel)
    {
        pixel[3] = byte.MaxValue;
        switch (color)
        {
            case PngColor.Rgb:
                sample.CopyTo(pixel);
                return true;
            case PngColor.Palette when (sample[0] * 3) + 3 <= palette.Length:
                palette.Slice(sample[0] * 3, 3).CopyTo(pixel);
                pixel[3] = sample[0] < alphas.Length ? alphas[sample[0]] : byte.MaxValue;
                return true;
            case PngColor.Palette:
                return false;
            default:
                pixel[..3].Fill(sample[0]);
                pixel[3] = sample.Length == 2 ? sample[1] : byte.MaxValue;
                return true;
        }
    }

    private static ReadOnlySpan<byte> Data(List<PngChunk> chunks, string type) =>
        chunks.Find(chunk => chunk.Type == type).Data.Span;
}
