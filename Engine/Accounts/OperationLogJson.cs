using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Serialization;
using TryOn.Core.Accounts;

namespace TryOn.Engine.Accounts;

/// <summary>
/// The stored form of an operation log: grouped by hour, eight bytes per operation in base64, so that a thousand
/// operations do not make a large record.
/// </summary>
internal sealed class OperationLogJson : JsonConverter<OperationLog>
{
    private const int ContentBits = 16;
    private const int Bytes = sizeof(ulong);

    public override OperationLog Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var hours = JsonSerializer.Deserialize<Dictionary<string, byte[]>>(ref reader, options)!;
        return new OperationLog(
            [.. hours.OrderBy(hour => Hour(hour.Key)).SelectMany(hour => Unpack(Hour(hour.Key), hour.Value))]);
    }

    public override void Write(Utf8JsonWriter writer, OperationLog value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var hour in value.Items.GroupBy(operation => operation.Hour))
            writer.WriteBase64String($"{hour.Key}", Pack([.. hour]));
        writer.WriteEndObject();
    }

    private static int Hour(string name) => int.Parse(name);

    private static IEnumerable<Operation> Unpack(int hour, byte[] packed) => packed.Chunk(Bytes)
        .Select(bytes => BinaryPrimitives.ReadUInt64BigEndian(bytes))
        .Select(both => new Operation(both >> ContentBits, (ushort)(both & ushort.MaxValue), hour));

    private static byte[] Pack(Operation[] operations)
    {
        var packed = new byte[operations.Length * Bytes];
        for (var i = 0; i < operations.Length; i++)
        {
            BinaryPrimitives.WriteUInt64BigEndian(
                packed.AsSpan(i * Bytes, Bytes), (operations[i].Id << ContentBits) | operations[i].Content);
        }

        return packed;
    }
}
