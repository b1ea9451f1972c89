using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TryOn.Core.Jobs;

namespace TryOn.Api.Tests.Progress;

/// <summary>A gateway with scripted jobs besides its own, and the feed that publishes their changes.</summary>
internal sealed class ScriptedGateway : IAsyncDisposable
{
    public GatewayRun Run { get; private set; } = null!;

    public ScriptedDirectory Directory { get; private set; } = null!;

    public IJobFeed Feed { get; private set; } = null!;

    public static async Task<ScriptedGateway> Start()
    {
        var gateway = new ScriptedGateway();
        gateway.Run = await GatewayRun.Start(services: services =>
        {
            ScriptedDirectory.Register(services);
            services.AddHostedService(provider =>
            {
                gateway.Directory = provider.GetRequiredService<ScriptedDirectory>();
                gateway.Feed = provider.GetRequiredService<IJobFeed>();
                return new Nothing();
            });
        });
        return gateway;
    }

    public ValueTask DisposeAsync() => Run.DisposeAsync();

    private sealed class Nothing : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
