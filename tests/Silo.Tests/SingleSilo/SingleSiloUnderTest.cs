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
using TryOn.Core.Images;
using TryOn.Core.Pictures;
using TryOn.Core.Providers;
using TryOn.Engine.Gates;
using TryOn.Storage.Sqlite;

namespace TryOn.Silo.Tests.SingleSilo;

/// <summary>
/// The whole gateway as one process, built as <c>Program</c> builds it, with a data directory of its own.
/// </summary>
public sealed class SingleSiloUnderTest : HostUnderTest
{
    /// <summary>
    /// Orleans' own services use real time. A silo whose clock stands still would be considered dead.
    /// </summary>
    private static readonly string[] OwnClocks =
    [
        TimeProviderNames.Messaging, TimeProviderNames.SystemTimers, TimeProviderNames.Membership,
        TimeProviderNames.GrainDirectory,
    ];

    /// <summary>How far the clock advances at a time while the host stops, since a drain waits by the clock.</summary>
    private static readonly TimeSpan StopStep = TimeSpan.FromMilliseconds(100);

    private WebApplication _app = null!;

    /// <summary>The clock of grains, their timers and their reminders; null for real time.</summary>
    public FakeTimeProvider? Clock { get; init; }

    /// <summary>Further service registrations, applied last.</summary>
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
    public Task<int> Count(Type grain) => Management.CountActivations(grain);

    /// <summary>
    /// Simulates a crash: from one moment on nothing is written, and then the silo stops without a drain. It may still
    /// send requests to the upstream, as a dying process may have done.
    /// </summary>
    public override async Task Restart()
    {
        Services.GetRequiredService<SqliteDatabase>().Dispose();
        await End(new CancellationToken(canceled: true));
        await Begin();
    }

    /// <summary>Stops the process gracefully and starts it again on the same folder.</summary>
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

    /// <summary>Advances the clock in steps until the condition holds. Whatever is woken may wait again.</summary>
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
        builder.Services.AddSingleton<IImageCodec, SignatureCodec>();
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
            // The stop was canceled before it had finished.
        }

        await _app.DisposeAsync();
    }
}
