using System.Text.Json;
using Orleans.Storage;
using TryOn.Engine;

namespace TryOn.Grains.Storage;

/// <summary>
/// Stores records as the same JSON on every host. The JSON contains no type names, so stored text cannot choose which
/// code runs.
/// </summary>
public sealed class RecordSerializer : IGrainStorageSerializer
{
    public BinaryData Serialize<T>(T? input) => new(JsonSerializer.SerializeToUtf8Bytes(input, StateJson.Options));

    public T? Deserialize<T>(BinaryData input) =>
        JsonSerializer.Deserialize<T>(input.ToMemory().Span, StateJson.Options);
}
