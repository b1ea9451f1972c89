using Orleans.Serialization;
using Orleans.Storage;

namespace TryOn.Grains.Storage;

/// <summary>
/// The serializer of every storage provider of a silo. The gateway's own records are stored as JSON; Orleans' own
/// state, such as stream subscriptions, can only be read back by Orleans' serializer.
/// </summary>
public sealed class StorageSerializer(RecordSerializer records, Serializer orleans) : IGrainStorageSerializer
{
    private readonly OrleansGrainStorageSerializer _orleans = new(orleans);

    public BinaryData Serialize<T>(T? input) => SerializerFor<T>().Serialize(input);

    public T? Deserialize<T>(BinaryData input) => SerializerFor<T>().Deserialize<T>(input);

    private IGrainStorageSerializer SerializerFor<T>() =>
        typeof(T).Namespace?.StartsWith("TryOn.", StringComparison.Ordinal) == true ? records : _orleans;
}
