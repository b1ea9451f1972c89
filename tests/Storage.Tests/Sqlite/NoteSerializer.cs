using Orleans.Storage;

namespace TryOn.Storage.Tests.Sqlite;

/// <summary>A JSON serializer that refuses invalid JSON, as a real one does.</summary>
internal sealed class NoteSerializer : IGrainStorageSerializer
{
    public BinaryData Serialize<T>(T? input) => BinaryData.FromObjectAsJson(input);

    public T? Deserialize<T>(BinaryData input) => input.ToObjectFromJson<T>();
}
