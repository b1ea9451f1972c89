using System.Buffers.Binary;
using System.Text;

namespace TryOn.Core.Tests.Images;

// EXIF as a camera writes it: a maker, an orientation, a location, and text that must never leave the gateway.
internal static class ExifFixture
{
    public const string Canary = "CANARY-GPS-48.8584N-2.2945E";

    public static byte[] Camera(int orientation, bool isLittle = true)
    {
        var text = Encoding.ASCII.GetBytes(Canary + "\0");
        return
        [
            .. isLittle ? "II*\0"u8 : "MM\0*"u8, .. Number(8, 4, isLittle),
            .. Number(3, 2, isLittle),
            .. Entry(0x010F, type: 2, text.Length, Number(50, 4, isLittle), isLittle),
            .. Entry(0x0112, type: 3, count: 1, [.. Number(orientation, 2, isLittle), 0, 0], isLittle),
            .. Entry(0x8825, type: 4, count: 1, Number(50, 4, isLittle), isLittle),
            .. Number(0, 4, isLittle),
            .. text,
        ];
    }

    public static byte[] Entry(int tag, int type, int count, byte[] value, bool isLittle) =>
        [.. Number(tag, 2, isLittle), .. Number(type, 2, isLittle), .. Number(count, 4, isLittle), .. value];

    public static byte[] Number(int value, int length, bool isLittle)
    {
        var bytes = new byte[4];
        if (isLittle) BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        else BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return isLittle ? bytes[..length] : bytes[^length..];
    }
}
