using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TryOn.Core.Accounts;
using TryOn.Core.Models;
using TryOn.Grains.Interfaces;

namespace TryOn.Grains;

/// <summary>What a front end without provider keys knows of the silos' configuration: asked at start and now and then.</summary>
public sealed partial class ClusterAvailability(IGrainFactory grains, TimeProvider clock, ILogger<ClusterAvailability> logger)
    : BackgroundService, IAvailability
{
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(15);

    private ServedProviders _served = new([], []);

    public bool Serves(Model model, AccountMode mode) => _served.Contains(model.Provider, mode);

    public bool Reaches(string provider, AccountMode mode) => _served.Contains(provider, mode);

    public string? UpstreamModel(Model model, string provider, AccountMode mode) => _served.Models.FirstOrDefault(
        served => served.Mode == mode && served.Slug == model.Slug && served.Provider == provider)?.Id;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await Ask();
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Renewal, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await Ask();
    }

    private async Task Ask()
    {
        try
        {
            _served = await grains.GetGrain<IUpstreamsGrain>(0).Served();
        }
        catch (Exception failure)
        {
            LogNotAnswered(logger, failure);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "No silo said which providers are configured")]
    private static partial void LogNotAnswered(ILogger logger, Exception failure);
}
