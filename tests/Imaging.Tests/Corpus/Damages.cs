using System.Buffers.Binary;

namespace TryOn.Imaging.Tests.Corpus;

/// <summary>Ten kinds of damage, done to a file of each format.</summary>
internal static class Damages
{
    private static readonly string[] Files =
    [
        "png-rgb", "png-interlaced", "jpeg-444", "jpeg-progressive", "webp-lossy", "webp-lossless", "gif-plain",
        "tiff-deflate", "avif-lossy", "bmp-24", "heic-8",
    ];

    public static IReadOnlyList<Sample> All { get; } = [.. Files.Select(Samples.Find).SelectMany(Damage)];

    private static IEnumerable<Sample> Damage(Sample whole)
    {
        var file = whole.File;
        yield return Broken(whole, "cut-to-half", file[..(file.Length / 2)]);
        yield return Broken(whole, "cut-to-nine-tenths", file[..(file.Length * 9 / 10)]);
        yield return Broken(whole, "cut-to-a-tenth", file[..(file.Length / 10)]);
        yield return Broken(whole, "first-bytes-only", file[..Math.Min(16, file.Length)]);
        // A GIF's own sides do not bind its frames, and decoders show the frame.
        yield return whole.Name.StartsWith("gif", StringComparison.Ordinal)
            ? Either(whole, "sides-of-65535", HugeSides(whole))
            : Broken(whole, "sides-of-65535", HugeSides(whole));
        yield return Either(whole, "zeros-in-the-middle", Overwrite(file, 0));
        yield return Either(whole, "ones-in-the-middle", Overwrite(file, 0xFF));
        yield return Either(
            whole, "middle-missing", [.. file[..(file.Length * 2 / 5)], .. file[(file.Length * 3 / 5)..]]);
        yield return Either(whole, "text-mode-transfer", Crlf(file));
        yield return Either(whole, "bits-flipped", Flip(file));
    }

    private static Sample Broken(Sample whole, string damage, byte[] file) =>
        whole with { Name = $"{whole.Name}-{damage}", File = file, Refused = true };

    /// <summary>Formats without a checksum cannot tell such a file from a whole one.</summary>
    private static Sample Either(Sample whole, string damage, byte[] file) =>
        whole with { Name = $"{whole.Name}-{damage}", File = file, Refused = null };

    private static byte[] Overwrite(byte[] file, byte value)
    {
        byte[] broken = [.. file];
        broken.AsSpan(file.Length / 2, Math.Min(64, file.Length / 4)).Fill(value);
        return broken;
    }

    private static byte[] Flip(byte[] file)
    {
        byte[] broken = [.. file];
        var dice = new Random(file.Length);
        for (var flips = 0; flips < 20; flips++)
            broken[dice.Next(16, broken.Length)] ^= (byte)(1 << dice.Next(8));
        return broken;
    }

    private static byte[] Crlf(byte[] file) =>
        [.. file.SelectMany(value => value == (byte)'\n' ? (byte[])[(byte)'\r', value] : [value])];

    private static byte[] HugeSides(Sample whole)
    {
        byte[] file = [.. whole.File];
        var name = whole.Name;
        if (name.StartsWith("png", StringComparison.Ordinal))
        {
            BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(16), 65535);
            BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(20), 65535);
            BinaryPrimitives.WriteUInt32BigEndian(
                file.AsSpan(29), System.IO.Hashing.Crc32.HashToUInt32(file.AsSpan(12, 17)));
        }
        else if (name.StartsWith("jpeg", StringComparison.Ordinal))
        {
            var frame = Math.Max(Mutations.Segment(file, 0xC0).Start, Mutations.Segment(file, 0xC2).Start);
            file.AsSpan(frame + 5, 4).Fill(0xFF);
        }
        else if (name.StartsWith("gif", StringComparison.Ordinal))
        {
            file.AsSpan(6, 4).Fill(0xFF);
        }
        else if (name.StartsWith("bmp", StringComparison.Ordinal))
        {
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(18), 65535);
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(22), 65535);
        }
        else if (file.AsSpan().IndexOf("ispe"u8) is > 0 and var at)
        {
            BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(at + 8), 65535);
            BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(at + 12), 65535);
        }
        else
        {
            return file[..20];
        }

        return file;
    }
}
