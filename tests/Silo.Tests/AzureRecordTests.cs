using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;
using TryOn.Core.Accounts;
using TryOn.Grains.Storage;
using TryOn.Silo.Tests.Processes;

namespace TryOn.Silo.Tests;

/// <summary>
/// The storage that <c>deploy/azure</c> configures must refuse stale writes: a cluster's correctness depends on it.
/// </summary>
[Collection("real processes")]
public sealed class AzureRecordTests : IDisposable
{
    private static readonly GrainId Id = GrainId.Create("account", "a");

    private readonly string _folder = Directory.CreateTempSubdirectory("tryon-").FullName;

    [AzureFact]
    public async Task Record_WrittenByAnother_RefusesTheStaleWrite()
    {
        using var azurite = await AzuriteServer.Start();
        await using var silo = await StartSilo(azurite);
        var records = silo.Services.GetRequiredKeyedService<IGrainStorage>(ClusterStorage.Records);
        var (first, second) = (await Read(records), await Read(records));

        await Write(records, first, "made");
        await Refused(records, second);
        second = await Read(records);
        await Write(records, first, "changed");
        await Refused(records, second);

        Assert.Equal("changed", (await Read(records)).State?.Name);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task<GrainState<AccountState>> Read(IGrainStorage records)
    {
        var record = new GrainState<AccountState>();
        await records.ReadStateAsync("account", Id, record);
        return record;
    }

    private static Task Write(IGrainStorage records, GrainState<AccountState> record, string name)
    {
        record.State = new AccountState { Id = "a", Name = name };
        return records.WriteStateAsync("account", Id, record);
    }

    private static Task Refused(IGrainStorage records, GrainState<AccountState> stale) =>
        Assert.ThrowsAsync<InconsistentStateException>(() => Write(records, stale, "stale"));

    private async Task<WebApplication> StartSilo(AzuriteServer azurite)
    {
        var settings = new NodeSettings(azurite, _folder, new Uri("http://127.0.0.1")).Silo();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Configuration.AddInMemoryCollection(
            settings.Select(
                setting => KeyValuePair.Create(
                    setting.Key.Replace("__", ":", StringComparison.Ordinal), (string?)setting.Value)));
        builder.Configuration["role"] = nameof(NodeRole.Silo);
        builder.Configuration["urls"] = $"http://127.0.0.1:{FreePort.Find()}";
        builder.Logging.ClearProviders();
        builder.AddNode();
        var silo = builder.Build();
        silo.MapNode();
        await silo.StartAsync();
        return silo;
    }
}
