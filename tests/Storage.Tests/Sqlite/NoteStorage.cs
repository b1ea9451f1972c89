using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Orleans.Serialization.Serializers;
using Orleans.Storage;
using TryOn.Storage.Sqlite;

namespace TryOn.Storage.Tests.Sqlite;

internal static class NoteStorage
{
    private static readonly ServiceProvider Services = new ServiceCollection().AddSerializer().BuildServiceProvider();

    public static SqliteGrainStorage Create(SqliteDatabase database, IGrainStorageSerializer? serializer = null) =>
        new(database, serializer ?? new NoteSerializer(), Services.GetRequiredService<IActivatorProvider>());
}
