using Orleans;

namespace TryOn.Storage.Tests.Sqlite;

[GenerateSerializer]
public sealed class Note
{
    [Id(0)]
    public string Text { get; set; } = "";
}
