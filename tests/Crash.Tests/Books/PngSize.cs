using System.Buffers.Binary;

namespace TryOn.Crash.Tests.Books;

internal static class PngSize
{
    private static ReadOnlySpan<byte> Magic => [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];

    /// <summary>Null for content that is no PNG, or a PNG without its last chunk.</summary>
    public static (int Width, int Height)? Read(ReadOnlySpan<byte> content) =>
        content.Length > 33 && content.StartsWith(Magic) && content[..^4].EndsWith("IEND"u8)
            ? (BinaryPrimitives.ReadInt32BigEndian(content[16..]), BinaryPrimitives.ReadInt32BigEndian(content[20..]))
            : null;
}
