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
    /// <summary>
    /// Registers the services that run the machines. The host adds the directory, the feed, the picture store, the
    /// statement archive, and the webhook message body.
    /// </summary>
    public static IServiceCollection AddEngine(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptionsWithValidateOnStart<RetentionOptions, RetentionOptionsValidator>()
            .Bind(configuration.GetSection("TryOn:Retention"));
        services.AddSingleton<JobEffects>();
        services.AddSingleton<ResultStore>();
        services.AddSingleton<WebhookSecrets>();
        services.AddSingleton<DeliverySender>();
        services.AddSingleton<PictureSweep>();
        services.AddHostedService<PictureSweepService>();
        // Registered last, so that it stops before the services that its submits still need: the store and the silo.
        services.AddSingleton<SubmitDrain>();
        services.AddHostedService(provider => provider.GetRequiredService<SubmitDrain>());
        return services;
    }
}
