namespace TryOn.Sandbox.Pictures;

/// <summary>
/// Resamples with a triangle as wide as a step between source pixels: an average when it shrinks, bilinear when it
/// grows. Colours are weighted by alpha, or the cleared background would bleed white into the edges.
/// </summary>
public static class Scaler
{
    public static Picture Scale(Picture source, int width, int height)
    {
        var rows = Premultiplied(source);
        var narrowed = Resample(rows, source.Width, source.Height, width);
        var turned = Transposed(narrowed, width, source.Height);
        var scaled = Resample(turned, source.Height, width, height);
        return Unmultiplied(Transposed(scaled, height, width), width, height);
    }

    private static float[] Premultiplied(Picture source)
    {
        var result = new float[source.Rgba.Length];
        for (var at = 0; at < result.Length; at += 4)
        {
            float alpha = source.Rgba[at + 3];
            for (var channel = 0; channel < 3; channel++)
                result[at + channel] = source.Rgba[at + channel] * alpha / byte.MaxValue;
            result[at + 3] = alpha;
        }

        return result;
    }

    private static float[] Resample(float[] source, int fromWidth, int rows, int toWidth)
    {
        var result = new float[toWidth * rows * 4];
        var step = (float)fromWidth / toWidth;
        var reach = MathF.Max(1, step);
        for (var x = 0; x < toWidth; x++)
        {
            var center = ((x + 0.5f) * step) - 0.5f;
            var first = Math.Max(0, (int)MathF.Ceiling(center - reach));
            var last = Math.Min(fromWidth - 1, (int)MathF.Floor(center + reach));
            var weights = Weights(center, reach, first, last);
            for (var y = 0; y < rows; y++)
                Blend(source.AsSpan(((y * fromWidth) + first) * 4), weights, result.AsSpan(((y * toWidth) + x) * 4, 4));
        }

        return result;
    }

    private static float[] Weights(float center, float reach, int first, int last)
    {
        var weights = new float[last - first + 1];
        for (var at = 0; at < weights.Length; at++)
            weights[at] = MathF.Max(0, 1 - (MathF.Abs(first + at - center) / reach));
        var sum = weights.Sum();
        return [.. weights.Select(weight => weight / sum)];
    }

    private static void Blend(ReadOnlySpan<float> source, float[] weights, Span<float> pixel)
    {
        for (var at = 0; at < weights.Length; at++)
        {
            for (var channel = 0; channel < 4; channel++)
                pixel[channel] += weights[at] * source[(at * 4) + channel];
        }
    }

    private static float[] Transposed(float[] source, int width, int height)
    {
        var result = new float[source.Length];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
                source.AsSpan(((y * width) + x) * 4, 4).CopyTo(result.AsSpan(((x * height) + y) * 4));
        }

        return result;
    }

    private static Picture Unmultiplied(float[] source, int width, int height)
    {
        var picture = Picture.Blank(width, height);
        for (var at = 0; at < source.Length; at += 4)
        {
            var alpha = source[at + 3];
            for (var channel = 0; channel < 3 && alpha > 0; channel++)
                picture.Rgba[at + channel] = Rounded(source[at + channel] * byte.MaxValue / alpha);
            picture.Rgba[at + 3] = Rounded(alpha);
        }

        return picture;
    }

    private static byte Rounded(float value) => (byte)Math.Clamp(value + 0.5f, 0, byte.MaxValue);
}
