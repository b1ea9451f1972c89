using Orleans.Storage;

namespace TryOn.Storage.Tests.Sqlite;

/// <summary>JSON, and like a real one it refuses what is not.</summary>
internal sealed class NoteSerializer : IGrainStorageSerializer
{
    public BinaryData Serialize<T>(T? input) => BinaryData.FromObjectAsJson(input);

    public T? Deserialize<T>(BinaryData input) => input.ToObjectFromJson<T>();
}
