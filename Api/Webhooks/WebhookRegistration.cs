using Microsoft.Extensions.DependencyInjection.Extensions;
using TryOn.Api.Dialects;
using TryOn.Api.Files;
using TryOn.Api.Http;
using TryOn.Api.Jobs;
using TryOn.Api.Outputs;
using TryOn.Core.Jobs;
using TryOn.Core.Pictures;
using TryOn.Core.Webhooks;
using TryOn.Engine.Jobs;
using TryOn.Engine.Webhooks;

namespace TryOn.Api.Webhooks;

public static class WebhookRegistration
{
    public static void AddWebhooks(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddSingleton<WebhookTargets>();
        services.TryAddSingleton<WebhookSecrets>();
        services.AddWebhookMessages();
    }

    /// <summary>Registers what a process needs to send webhooks if it does not serve HTTP.</summary>
    public static void AddWebhookMessages(this IServiceCollection services)
    {
        services.AddOptions<PublicBaseUrlOptions>().BindConfiguration("TryOn");
        services.AddOptions<RetentionOptions>().BindConfiguration("TryOn:Retention");
        services.TryAddSingleton<PublicBaseUrl>();
        services.TryAddSingleton<ResultLinks>();
        services.TryAddSingleton<RecentLatencies>();
        services.TryAddSingleton<ProgressEstimator>();
        services.TryAddSingleton<QueuePositions>();
        services.TryAddSingleton<JobRenderer>();
        services.TryAddSingleton<JobSets>();
        services.TryAddSingleton<OutputPictures>();
        services.TryAddSingleton<FashnStatuses>();
        services.AddSingleton<WebhookBody>(provider =>
        {
            var renderer = provider.GetRequiredService<JobRenderer>();
            var sets = provider.GetRequiredService<JobSets>();
            var statuses = provider.GetRequiredService<FashnStatuses>();
            return async (job, spec) => spec.Form == FashnStatuses.WebhookForm
                ? await FashnMessage.Write(statuses, await sets.Load(job), spec.Origin)
                : JobMessage.Write(renderer, await sets.Load(job), spec.Origin);
        });
    }
}
