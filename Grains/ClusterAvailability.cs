using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TryOn.Core.Keys;
using TryOn.Core.Models;
using TryOn.Grains.Interfaces;

namespace TryOn.Grains;

/// <summary>
/// The silos' provider configuration as known to a front end without provider keys. Refreshed every 15 seconds.
/// </summary>
public sealed partial class ClusterAvailability(
    IGrainFactory grains, TimeProvider clock, ILogger<ClusterAvailability> logger)
    : BackgroundService, IAvailability
{
    private static readonly TimeSpan RefreshInterval = TimeSpan.FromSeconds(15);

    private ServedProviders _served = new([], []);

    public bool Serves(Model model, AccountMode mode) => _served.Contains(model.Provider, mode);

    public bool Reaches(string provider, AccountMode mode) => _served.Contains(provider, mode);

    public string? UpstreamModel(Model model, string provider, AccountMode mode) => _served.Models.FirstOrDefault(
        served => served.Mode == mode && served.Slug == model.Slug && served.Provider == provider)?.Id;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await Refresh();
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(RefreshInterval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await Refresh();
    }

    private async Task Refresh()
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "No silo reported which providers are configured")]
    private static partial void LogNotAnswered(ILogger logger, Exception failure);
}
