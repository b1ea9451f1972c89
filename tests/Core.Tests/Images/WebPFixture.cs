using System.Buffers.Binary;
using System.Text;

namespace TryOn.Core.Tests.Images;

// Encodings of one 64x72 gradient, and methods that build other containers around their pixels.
internal static class WebPFixture
{
    public const byte Animation = 0x02;
    public const byte Exif = 0x08;
    public const byte Alpha = 0x10;
    public const byte Profile = 0x20;

    public static readonly byte[] Lossy = Convert.FromBase64String(
        "UklGRp4AAABXRUJQVlA4IJIAAABwBQCdASpAAEgAPxGIvVisKKYjoalBgCIJQBo9c6ke8WJ/wAiGe1Wor+o6MQszYJ4cvjOwAP7o" +
        "58/1R3CH/+Sn/KL6HLThUTowv4+Meqv/DqQ/+z3S6lDBK9NCEqah/cycJFbnWeoUo4YSGCKq6tVvW9AVAbsvEb5THsK7Uyv4Ywva" +
        "waShrDGx9BcfRvQJHIAAAA==");

    // Half transparent, by the pixels' own fourth channel.
    public static readonly byte[] Lossless = Convert.FromBase64String(
        "UklGRlAAAABXRUJQVlA4TEMAAAAvP8AREBmASNofe4mI/qc2MeDR/6gcatu2Yfz/6+k9o0IAARB/52b+J1Bp2wZMFwrsFfinNoRc" +
        "APUHMD8R//1ue0AeAA==");

    // Half transparent, by an ALPH chunk.
    public static readonly byte[] LossyAlpha = Convert.FromBase64String(
        "UklGRsIAAABXRUJQVlA4WAoAAAAQAAAAPwAARwAAQUxQSAoAAAABB1DAiAhERP8DVlA4IJIAAABwBQCdASpAAEgAPxGIvVisKKYj" +
        "oalBgCIJQBo9c6ke8WJ/wAiGe1Wor+o6MQszYJ4cvjOwAP7o58/1R3CH/+Sn/KL6HLThUTowv4+Meqv/DqQ/+z3S6lDBK9NCEqah" +
        "/cycJFbnWeoUo4YSGCKq6tVvW9AVAbsvEb5THsK7Uyv4YwvawaShrDGx9BcfRvQJHIAAAA==");

    private const int RiffHeaderLength = 12;

    public static byte[] LossyPixels => Lossy[RiffHeaderLength..];

    public static byte[] LosslessPixels => Lossless[RiffHeaderLength..];

    public static byte[] Extended(byte flags, params byte[][] chunks) => Encode([Canvas(flags), .. chunks]);

    public static byte[] Canvas(byte flags, int width = 64, int height = 72) =>
        Chunk("VP8X", [flags, 0, 0, 0, .. Number24(width - 1), .. Number24(height - 1)]);

    public static byte[] Encode(params byte[][] chunks)
    {
        byte[] body = [.. "WEBP"u8, .. chunks.SelectMany(chunk => chunk)];
        return [.. "RIFF"u8, .. Number32(body.Length), .. body];
    }

    public static byte[] Chunk(string type, params byte[] data) =>
        [.. Encoding.ASCII.GetBytes(type), .. Number32(data.Length), .. data, .. new byte[data.Length & 1]];

    private static byte[] Number24(int value) => Number32(value)[..3];

    private static byte[] Number32(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
    }
}
