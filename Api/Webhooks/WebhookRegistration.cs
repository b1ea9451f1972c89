using Microsoft.Extensions.DependencyInjection.Extensions;
using TryOn.Api.Dialects;
using TryOn.Api.Files;
using TryOn.Api.Images;
using TryOn.Api.Jobs;
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

    /// <summary>What a process needs that sends webhooks and answers no HTTP.</summary>
    public static void AddWebhookMessages(this IServiceCollection services)
    {
        services.AddOptions<PublicAddressOptions>().BindConfiguration("TryOn");
        services.AddOptions<RetentionOptions>().BindConfiguration("TryOn:Retention");
        services.TryAddSingleton<PublicAddress>();
        services.TryAddSingleton<ResultLinks>();
        services.TryAddSingleton<RecentLatencies>();
        services.TryAddSingleton<Expectations>();
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
            return async (job, spec) => spec.Form == WebhookForm.Fashn
                ? await FashnMessage.Of(statuses, await sets.Of(job), spec.Origin)
                : JobMessage.Of(renderer, await sets.Of(job), spec.Origin);
        });
    }
}
