using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;

namespace TryOn.Engine.Egress;

/// <summary>
/// A body without the codings that a server put around it although none was asked for (RFC 9110, section 8.4).
/// </summary>
internal static class ContentDecoding
{
    /// <summary>What would be coded more often is no picture that anybody serves.</summary>
    private const int CodingsMax = 2;

    /// <summary>
    /// Reads the body to its end, or returns null once it has more than <paramref name="bytesMax"/> bytes. A body that
    /// only claims a coding is read as it is, and so is one in a coding that is not known: many stores put a wrong word
    /// there, and what the bytes are is found out in any case.
    /// </summary>
    /// <param name="codings">In the order in which they were applied.</param>
    /// <param name="bytesMax">Of the body without its codings.</param>
    /// <exception cref="InvalidDataException">The coding is broken.</exception>
    public static async ValueTask<byte[]?> Read(
        Stream body, ICollection<string> codings, int bytesMax, CancellationToken cancellation)
    {
        if (codings.Count > CodingsMax) throw new InvalidDataException("The body is coded too often.");

        try
        {
            foreach (var coding in codings.Reverse()) body = await Open(body, coding, cancellation);
            return await CappedBody.Read(body, bytesMax, cancellation);
        }
        catch (InvalidOperationException broken)
        {
            // This is how Brotli's decoder reports bytes that are not its own.
            throw new InvalidDataException(broken.Message, broken);
        }
        finally
        {
            await body.DisposeAsync();
        }
    }

    private static async ValueTask<Stream> Open(Stream body, string coding, CancellationToken cancellation) =>
        coding.ToLowerInvariant() switch
        {
            "gzip" or "x-gzip" => await Unzip(body, cancellation),
            "deflate" => await Inflate(body, cancellation),
            "br" => new BrotliStream(body, CompressionMode.Decompress),
            _ => body,
        };

    private static async ValueTask<Stream> Unzip(Stream body, CancellationToken cancellation)
    {
        var (first, whole) = await Peek(body, cancellation);
        return first is [0x1F, 0x8B] ? new GZipStream(whole, CompressionMode.Decompress) : whole;
    }

    /// <summary>The word means zlib (RFC 1950), but some servers send bare deflate (RFC 1951).</summary>
    private static async ValueTask<Stream> Inflate(Stream body, CancellationToken cancellation)
    {
        var (first, whole) = await Peek(body, cancellation);
        var isZlib = first is [var method, var flags] && (method & 0x0F) == 8 && ((method << 8) | flags) % 31 == 0;
        return isZlib
            ? new ZLibStream(whole, CompressionMode.Decompress)
            : new DeflateStream(whole, CompressionMode.Decompress);
    }

    private static async ValueTask<(byte[] First, Stream Whole)> Peek(Stream body, CancellationToken cancellation)
    {
        var reader = PipeReader.Create(body);
        var read = await reader.ReadAtLeastAsync(2, cancellation);
        var first = read.Buffer.Slice(0, Math.Min(2, read.Buffer.Length)).ToArray();
        reader.AdvanceTo(read.Buffer.Start);
        return (first, reader.AsStream());
    }
}
