using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TryOn.Behaviour;
using TryOn.Core;
using TryOn.Core.Jobs;
using TryOn.Core.Pictures;
using TryOn.Engine.Egress;
using TryOn.Engine.Gates;

namespace TryOn.Embedded.Tests;

/// <summary>The embedded host on a folder of its own.</summary>
public sealed class EmbeddedUnderTest : HostUnderTest
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "tryon-" + Path.GetRandomFileName());
    private readonly TimeProvider _clock;
    private readonly Action<IServiceCollection> _more;
    private ServiceProvider _services;

    private EmbeddedUnderTest(TimeProvider clock, Action<IServiceCollection> more)
    {
        (_clock, _more) = (clock, more);
        _services = Build();
    }

    public override IDirectory Directory => _services.GetRequiredService<IDirectory>();

    public override IJobFeed Feed => _services.GetRequiredService<IJobFeed>();

    public override IPictureStore Pictures => _services.GetRequiredService<IPictureStore>();

    public EmbeddedDirectory Embedded => _services.GetRequiredService<EmbeddedDirectory>();

    public IServiceProvider Services => _services;

    public static Task<HostUnderTest> Start() => Start(TimeProvider.System, _ => { });

    /// <param name="more">What a test puts in a part's place.</param>
    public static async Task<HostUnderTest> Start(TimeProvider clock, Action<IServiceCollection> more)
    {
        var host = new EmbeddedUnderTest(clock, more);
        await host.TakeUp();
        return host;
    }

    public override async Task Restart()
    {
        await _services.DisposeAsync();
        _services = Build();
        await TakeUp();
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var hosted in _services.GetServices<IHostedService>())
            await hosted.StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
        System.IO.Directory.Delete(_folder, recursive: true);
    }

    private async Task TakeUp()
    {
        foreach (var hosted in _services.GetServices<IHostedService>())
            await hosted.StartAsync(CancellationToken.None);
    }

    private ServiceProvider Build()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["TryOn:DataDirectory"] = _folder })
            .Build();
        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(_clock)
            .AddEgress()
            .AddEmbedded(configuration)
            .AddSingleton(new Upstreams(live: [Provider], test: [Provider]));
        _more(services);
        return services.BuildServiceProvider();
    }
}
