using System.Text.Json;
using Orleans.Storage;
using TryOn.Engine;

namespace TryOn.Grains;

/// <summary>Records are stored as the same JSON on every host: no type names, nothing that a stored text could turn into code.</summary>
public sealed class RecordSerializer : IGrainStorageSerializer
{
    public BinaryData Serialize<T>(T? input) => new(JsonSerializer.SerializeToUtf8Bytes(input, StateJson.Options));

    public T? Deserialize<T>(BinaryData input) => JsonSerializer.Deserialize<T>(input.ToMemory().Span, StateJson.Options);
}
