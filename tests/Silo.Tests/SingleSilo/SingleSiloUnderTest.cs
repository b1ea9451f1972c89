using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Orleans;
using Orleans.Runtime;
using TryOn.Behaviour;
using TryOn.Core;
using TryOn.Core.Jobs;
using TryOn.Core.Pictures;
using TryOn.Core.Providers;
using TryOn.Engine.Gates;
using TryOn.Storage.Sqlite;

namespace TryOn.Silo.Tests.SingleSilo;

/// <summary>
/// The whole gateway as one process, put together as Program does it, on a data directory of its own.
/// </summary>
public sealed class SingleSiloUnderTest : HostUnderTest
{
    /// <summary>Orleans' own upkeep goes by real time: a silo whose clock stands still is held to be dead.</summary>
    private static readonly string[] OwnClocks =
    [
        TimeProviderNames.Messaging, TimeProviderNames.SystemTimers, TimeProviderNames.Membership,
        TimeProviderNames.GrainDirectory,
    ];

    /// <summary>A drain, too, waits by the clock.</summary>
    private static readonly TimeSpan StopStep = TimeSpan.FromMilliseconds(100);

    private WebApplication _app = null!;

    /// <summary>The time of grains, their timers and their reminders. Null for real time.</summary>
    public FakeTimeProvider? Clock { get; init; }

    /// <summary>What a test changes about the process, after all else.</summary>
    public Action<IServiceCollection> Changes { get; init; } = _ => { };

    /// <summary>The data directory.</summary>
    public string Folder { get; } = System.IO.Directory.CreateTempSubdirectory("tryon-").FullName;

    public LogCapture Logs { get; } = new();

    public IServiceProvider Services => _app.Services;

    public override IDirectory Directory => Services.GetRequiredService<IDirectory>();

    public override IJobFeed Feed => Services.GetRequiredService<IJobFeed>();

    public override IPictureStore Pictures => Services.GetRequiredService<IPictureStore>();

    public IManagementGrain Management => Services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0);

    public static Task<HostUnderTest> Start() => Start(new SingleSiloUnderTest());

    public static async Task<HostUnderTest> Start(SingleSiloUnderTest host)
    {
        await host.Begin();
        return host;
    }

    /// <summary>How many grains of a class are in memory.</summary>
    public async Task<int> Count(Type grain)
    {
        var kinds = await Management.GetSimpleGrainStatistics();
        return kinds.Where(kind => kind.GrainType.Contains(grain.Name, StringComparison.Ordinal))
            .Sum(kind => kind.ActivationCount);
    }

    /// <summary>
    /// As a crash: from one moment on nothing is written any more, and then the silo ends without a drain. What it
    /// still tells the upstream is what a process that dies may have told it.
    /// </summary>
    public override async Task Restart()
    {
        Services.GetRequiredService<SqliteDatabase>().Dispose();
        await End(new CancellationToken(canceled: true));
        await Begin();
    }

    /// <summary>Ends as an operator ends it, and starts on the same folder.</summary>
    public async Task RestartGracefully()
    {
        await End(CancellationToken.None);
        await Begin();
    }

    public override async ValueTask DisposeAsync()
    {
        await End(CancellationToken.None);
        System.IO.Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Lets time pass until something has happened: what waits may wait anew once it has been woken.</summary>
    public Task PassUntil(Func<Task<bool>> done, TimeSpan step, string what) => Scene.Until(
        async () =>
        {
            if (await done())
                return true;
            Clock!.Advance(step);
            return false;
        },
        happened => happened, what, Patience);

    private async Task Begin()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["urls"] = "http://127.0.0.1:0", ["TryOn:DataDirectory"] = Folder,
        });
        builder.Logging.ClearProviders().AddProvider(Logs).SetMinimumLevel(LogLevel.Information);
        builder.AddNode();
        builder.Services.AddSingleton(services => new Upstreams(
            live: [Provider], test: [Provider], Clock, services.GetRequiredService<Func<ITryOnProvider, IGate>>()));
        if (Clock is not null)
            SetClocks(builder.Services, Clock);
        Changes(builder.Services);
        _app = builder.Build();
        _app.MapNode();
        await _app.StartAsync();
    }

    private static void SetClocks(IServiceCollection services, TimeProvider clock)
    {
        services.AddSingleton(clock);
        foreach (var name in OwnClocks)
            services.AddKeyedSingleton(name, TimeProvider.System);
    }

    private async Task End(CancellationToken cancellation)
    {
        var ended = Stop(cancellation);
        if (Clock is not null)
            await PassUntil(() => Task.FromResult(ended.IsCompleted), StopStep, "the silo to end");
        await ended;
    }

    private async Task Stop(CancellationToken cancellation)
    {
        try
        {
            await _app.StopAsync(cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // It was not given the time to end well.
        }

        await _app.DisposeAsync();
    }
}
