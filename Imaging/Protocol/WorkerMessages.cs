using System.Collections.Immutable;
using System.Text;
using TryOn.Core.Images;

namespace TryOn.Imaging.Protocol;

/// <summary>
/// The messages between the gateway and a worker process, over the worker's standard input and output. Both ends are of
/// one build, so there is no version; lengths are checked all the same, since a worker may be in a stranger's hands.
/// </summary>
public static class WorkerMessages
{
    /// <summary>The most bytes of a picture in either direction.</summary>
    public const int ContentBytesMax = 256 * 1024 * 1024;

    private const byte Ready = (byte)'R';
    private const byte Unrestricted = (byte)'U';
    private const int MessageBytesMax = 4096;
    private const int FormatsMax = 16;

    /// <summary>Once all code has been loaded, and again once no file can be opened any more.</summary>
    public static void WriteReady(Stream stream, bool restricted)
    {
        stream.WriteByte(restricted ? Ready : Unrestricted);
        stream.Flush();
    }

    /// <exception cref="InvalidDataException">The worker did not start.</exception>
    /// <returns>Whether the worker has given up its rights.</returns>
    public static bool ReadReady(Stream stream)
    {
        var (first, second) = (stream.ReadByte(), stream.ReadByte());
        if (first is not (Ready or Unrestricted) || second is not (Ready or Unrestricted))
            throw new InvalidDataException("An imaging worker did not start.");
        return first == Ready && second == Ready;
    }

    public static void WriteRequest(Stream stream, WorkerRequest request)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write((byte)request.Operation);
        WriteSides(writer, request.Shown);
        WriteSides(writer, request.Sides);
        writer.Write(request.BytesMax);
        writer.Write(request.Target is not null);
        if (request.Target is { } target)
        {
            writer.Write((byte)target.Formats.Length);
            foreach (var format in target.Formats)
                writer.Write((byte)format);
            writer.Write(target.Limits.SideMin);
            writer.Write(target.Limits.SideMax);
            writer.Write(target.Limits.PixelsMax);
            writer.Write(target.Limits.BytesMax);
        }

        WriteContent(writer, request.Content);
    }

    /// <summary>Null at the end of the stream.</summary>
    public static WorkerRequest? ReadRequest(Stream stream)
    {
        var operation = stream.ReadByte();
        if (operation < 0)
            return null;
        using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        var (shown, sides, bytesMax) = (ReadSides(reader), ReadSides(reader), reader.ReadInt32());
        var target = reader.ReadBoolean() ? ReadTarget(reader) : null;
        return new WorkerRequest(
            (WorkerOperation)operation, ReadContent(reader) ?? [], target, shown, sides, bytesMax);
    }

    private static ImageTarget ReadTarget(BinaryReader reader)
    {
        var formats = ImmutableArray.CreateBuilder<ImageFormat>();
        for (var left = Math.Min((int)reader.ReadByte(), FormatsMax); left > 0; left--)
            formats.Add((ImageFormat)reader.ReadByte());
        return new ImageTarget(
            formats.ToImmutable(),
            new ImageLimits(reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt64(), reader.ReadInt32()));
    }

    /// <param name="given">The content of the request: it is not sent back where nothing has changed.</param>
    public static void WriteReply(Stream stream, ImageReply reply, byte[] given)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        switch (reply)
        {
            case ImageReply.Accepted accepted:
                writer.Write(true);
                writer.Write((byte)accepted.Info.Format);
                WriteSides(writer, accepted.Info.Sides);
                WriteSides(writer, accepted.Shown);
                writer.Write((byte)accepted.Credentials);
                WriteContent(writer, ReferenceEquals(accepted.Content, given) ? null : accepted.Content);
                break;
            case ImageReply.Refused refused:
                writer.Write(false);
                writer.Write((byte)refused.Fault);
                WriteContent(writer, Encoding.UTF8.GetBytes(refused.Message));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(reply));
        }
    }

    /// <exception cref="EndOfStreamException">The worker has ended.</exception>
    /// <exception cref="InvalidDataException">The worker answers nonsense.</exception>
    public static ImageReply ReadReply(Stream stream, byte[] given)
    {
        using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        if (!reader.ReadBoolean())
        {
            var fault = (ImageFault)reader.ReadByte();
            var message = ReadContent(reader, MessageBytesMax) ?? [];
            return Enum.IsDefined(fault)
                ? new ImageReply.Refused(fault, Encoding.UTF8.GetString(message))
                : throw new InvalidDataException("A worker's answer has no known fault.");
        }

        var format = (ImageFormat)reader.ReadByte();
        var (sides, shown) = (ReadSides(reader), ReadSides(reader));
        var credentials = (ContentCredentials)reader.ReadByte();
        if (!Enum.IsDefined(format) || !Enum.IsDefined(credentials))
            throw new InvalidDataException("A worker's answer has no known format.");
        return new ImageReply.Accepted(new ImageInfo(format, sides), ReadContent(reader) ?? given, shown, credentials);
    }

    private static void WriteSides(BinaryWriter writer, ImageSides sides)
    {
        writer.Write(sides.Width);
        writer.Write(sides.Height);
    }

    private static ImageSides ReadSides(BinaryReader reader) => new(reader.ReadInt32(), reader.ReadInt32());

    private static void WriteContent(BinaryWriter writer, byte[]? content)
    {
        writer.Write(content?.Length ?? -1);
        if (content is not null)
            writer.Write(content);
        writer.Flush();
    }

    private static byte[]? ReadContent(BinaryReader reader, int max = ContentBytesMax)
    {
        var length = reader.ReadInt32();
        if (length < 0)
            return null;
        if (length > max)
            throw new InvalidDataException("A message is too long.");
        var content = GC.AllocateUninitializedArray<byte>(length);
        reader.BaseStream.ReadExactly(content);
        return content;
    }
}
