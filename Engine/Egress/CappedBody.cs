using System.Buffers;

namespace TryOn.Engine.Egress;

public static class CappedBody
{
    private const int FirstBytes = 64 * 1024;

    /// <summary>Reads the stream to its end; null if it holds more than <paramref name="bytesMax"/> bytes.</summary>
    // The buffer grows with the received bytes; the Content-Length header is not trusted.
    public static async ValueTask<byte[]?> Read(Stream body, int bytesMax, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(FirstBytes);
        try
        {
            for (var length = 0; ;)
            {
                if (length == buffer.Length) buffer = Grow(buffer);
                var read = await body.ReadAsync(buffer.AsMemory(length), cancellation);
                if (read == 0) return buffer.AsSpan(0, length).ToArray();

                length += read;
                if (length > bytesMax) return null;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[] Grow(byte[] buffer)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
