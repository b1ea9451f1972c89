using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TryOn.Core.Pictures;
using TryOn.Core.Webhooks;
using TryOn.Engine.Jobs;
using TryOn.Engine.Pictures;
using TryOn.Engine.Webhooks;

namespace TryOn.Engine;

public static class EngineRegistration
{
    /// <summary>What runs the machines on every host. The host adds its ports: directory, feed, pictures, archive, and what webhooks say.</summary>
    public static IServiceCollection AddEngine(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptionsWithValidateOnStart<RetentionOptions, RetentionOptionsValidator>()
            .Bind(configuration.GetSection("TryOn:Retention"));
        services.AddSingleton<JobEffects>();
        services.AddSingleton<ResultStore>();
        services.AddSingleton<WebhookSecrets>();
        services.AddSingleton<DeliverySender>();
        services.AddSingleton<PictureSweep>();
        services.AddHostedService<PictureUpkeep>();
        // Last, so that it stops before what its submits still need: the store, the silo.
        services.AddSingleton<SubmitDrain>();
        services.AddHostedService(provider => provider.GetRequiredService<SubmitDrain>());
        return services;
    }
}
