using Orleans.Serialization;
using Orleans.Storage;

namespace TryOn.Grains;

/// <summary>
/// Every storage provider of a silo writes with this one. The gateway's own records are its JSON; what Orleans keeps for
/// itself, as who listens to a stream, only Orleans' serializer can read back.
/// </summary>
public sealed class StorageSerializer(RecordSerializer records, Serializer orleans) : IGrainStorageSerializer
{
    private readonly OrleansGrainStorageSerializer _others = new(orleans);

    public BinaryData Serialize<T>(T? input) => Of<T>().Serialize(input);

    public T? Deserialize<T>(BinaryData input) => Of<T>().Deserialize<T>(input);

    private IGrainStorageSerializer Of<T>() =>
        typeof(T).Namespace?.StartsWith("TryOn.", StringComparison.Ordinal) == true ? records : _others;
}
