using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Hosting;
using Orleans.Storage;
using TryOn.Storage.Sqlite;

namespace TryOn.Storage.Tests.Sqlite;

public sealed class SqliteSiloTests : IDisposable
{
    private readonly string _parent = Directory.CreateTempSubdirectory("tryon-").FullName;

    private string Root => Path.Combine(_parent, "data");

    public void Dispose() => Directory.Delete(_parent, recursive: true);

    [Fact]
    public Task Grain_AfterARestart_HasItsStateAndReminder() => CheckRestart(() => SiloUnderTest.Build(silo => silo
        .UseLocalClustering()
        .AddSqliteGrainStorage("Default", options => options.Configure(sqlite => sqlite.DataDirectory = Root))
        .UseSqliteReminderService()));

    [Fact]
    public Task Providers_ChosenByConfiguration_KeepStateAndReminder() => CheckRestart(() => SiloUnderTest.Build(
        silo => silo.UseLocalClustering(),
        new()
        {
            ["Orleans:GrainStorage:Default:ProviderType"] = "Sqlite",
            ["Orleans:GrainStorage:Default:DataDirectory"] = Root,
            ["Orleans:Reminders:ProviderType"] = "Sqlite",
        }));

    [Fact]
    public void Sections_NamingTwoDirectories_AreRefused()
    {
        using var host = SiloUnderTest.Build(
            silo => silo.UseLocalClustering(),
            new()
            {
                ["Orleans:GrainStorage:Default:ProviderType"] = "Sqlite",
                ["Orleans:GrainStorage:Default:DataDirectory"] = Root,
                ["Orleans:Reminders:ProviderType"] = "Sqlite",
                ["Orleans:Reminders:DataDirectory"] = Root + "2",
            });

        var refused = Assert.Throws<OptionsValidationException>(() => host.Start());

        Assert.Contains("Orleans:Reminders:DataDirectory", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 5)]
    [InlineData("data", 0)]
    [InlineData("data", 100_000)]
    public void Options_OutOfRange_AreRefused(string directory, int seconds)
    {
        using var host = SiloUnderTest.Build(silo => silo
            .UseLocalClustering()
            .AddSqliteGrainStorage("Default", options => options.Configure(sqlite =>
            {
                sqlite.DataDirectory = directory;
                sqlite.LogEmptyInterval = TimeSpan.FromSeconds(seconds);
            })));

        Assert.Throws<OptionsValidationException>(() => host.Start());
    }

    [Fact]
    public async Task Serializer_NamedInTheSection_WritesTheStates()
    {
        using var host = SiloUnderTest.Build(
            silo =>
            {
                silo.UseLocalClustering().UseSqliteReminderService();
                silo.Services.AddKeyedSingleton<IGrainStorageSerializer>("loud", new LoudSerializer());
            },
            new()
            {
                ["Orleans:GrainStorage:Default:ProviderType"] = "Sqlite",
                ["Orleans:GrainStorage:Default:DataDirectory"] = Root,
                ["Orleans:GrainStorage:Default:SerializerKey"] = "loud",
            });
        await host.StartAsync();
        await host.Services.GetRequiredService<IGrainFactory>().GetGrain<INoteGrain>("a").Write("quiet");

        var payload = await host.Services.GetRequiredService<SqliteDatabase>().Read(statements =>
            statements.ReadFirst("SELECT payload FROM grain_states", row => row.GetFieldValue<byte[]>(0)));

        Assert.Equal("loud"u8.ToArray(), payload);
        await host.StopAsync();
    }

    private static async Task CheckRestart(Func<IHost> build)
    {
        using (var host = build())
        {
            await host.StartAsync();
            var grain = host.Services.GetRequiredService<IGrainFactory>().GetGrain<INoteGrain>("a");
            await grain.Write("kept");
            await grain.StartReminder();
            await host.StopAsync();
        }

        using var restarted = build();
        await restarted.StartAsync();
        var again = restarted.Services.GetRequiredService<IGrainFactory>().GetGrain<INoteGrain>("a");
        Assert.Equal("kept", await again.Read());
        await Poll.Until(async () => await again.CountTicks() > 0, "the reminder reaches the grain after the restart");
        await restarted.StopAsync();
    }

    private sealed class LoudSerializer : IGrainStorageSerializer
    {
        public BinaryData Serialize<T>(T? input) => BinaryData.FromString("loud");

        public T? Deserialize<T>(BinaryData input) => default;
    }
}
