using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Configuration.Memory;
using TryOn.Api;
using TryOn.Api.Start;
using TryOn.Api.Webhooks;
using TryOn.Core.Models;
using TryOn.Engine;
using TryOn.Grains;
using TryOn.Grains.Feed;
using TryOn.Imaging.Pool;
using TryOn.Silo.Pictures;

namespace TryOn.Silo;

/// <summary>Assembles one process of the gateway according to its role.</summary>
public static class Node
{
    /// <summary>
    /// Default log levels. Orleans and its retries log every grain placement, and its watchdog starts by warning of a
    /// delay as long as the machine's uptime. Errors that the host logs when a start fails are thrown as well, and
    /// Program prints them.
    /// </summary>
    private static readonly Dictionary<string, string?> LogLevels = new()
    {
        ["Logging:LogLevel:Orleans"] = nameof(LogLevel.Warning),
        ["Logging:LogLevel:Orleans.Runtime.Watchdog"] = nameof(LogLevel.Error),
        ["Logging:LogLevel:Microsoft.Extensions.Hosting.Internal.Host"] = nameof(LogLevel.Critical),
        ["Logging:LogLevel:Polly"] = nameof(LogLevel.Warning),
    };

    public static WebApplicationBuilder AddNode(this WebApplicationBuilder builder)
    {
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = LogLevels });
        var layout = Layout.FromConfiguration(builder.Configuration);
        builder.Services.AddSingleton(layout);
        builder.AddShared(layout);
        if (layout.Role != NodeRole.Silo)
            builder.AddFrontEnd();
        else
            builder.AddSiloOnly();
        if (layout.Role != NodeRole.Api)
            builder.AddSilo(layout);
        else
            builder.AddClient();
        if (layout.SingleProcess)
            builder.Services.AddLocalFeed().AddRecovery();
        else
            builder.Services.AddStreamFeed();
        if (layout is { SingleProcess: false, Role: not NodeRole.Silo })
            builder.Services.AddHostedService<FeedListener>();
        if (layout.Role == NodeRole.Both)
            builder.Services.AddHostedService<FirstStart>();
        return builder;
    }

    public static WebApplication MapNode(this WebApplication app)
    {
        if (app.Services.GetRequiredService<Layout>().Role != NodeRole.Silo)
        {
            app.MapGateway();
            return app;
        }

        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/health/ready");
        return app;
    }

    private static void AddShared(this WebApplicationBuilder builder, Layout layout)
    {
        builder.Services.AddOptionsWithValidateOnStart<ClusterNodeOptions, ClusterNodeOptionsValidator>()
            .BindConfiguration("TryOn:Cluster");
        builder.Services.AddOptionsWithValidateOnStart<S3Options, S3OptionsValidator>()
            .BindConfiguration("TryOn:Cluster:S3");
        if (layout.SingleProcess)
            builder.AddDataDirectory();
        builder.Services.AddGrains();
        builder.Services.AddImaging();
        builder.Services.AddSecret();
        builder.Services.AddPictures();
    }

    private static void AddSiloOnly(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddEgressRules();
        builder.Services.AddWebhookMessages();
        builder.Services.AddHealthChecks();
    }

    private static void AddSilo(this WebApplicationBuilder builder, Layout layout)
    {
        // The sandbox must start before the first job can be reactivated.
        builder.AddSandbox();
        builder.UseOrleans(silo =>
        {
            if (layout.SingleProcess)
                silo.UseSingleSilo(builder.Configuration);
            else
                silo.UseClusterSilo(builder.Configuration);
        });
        builder.Services.AddEngine(builder.Configuration);
        if (!layout.SingleProcess)
            builder.Services.AddSharedGates();
        builder.AddUpstreams();
    }

    private static void AddClient(this WebApplicationBuilder builder)
    {
        builder.Services.AddOrleansClient(
            ClusterProviders.ForClients(builder.Configuration), client => client.UseGateway(builder.Configuration));
        builder.Services.AddSingleton<ClusterAvailability>();
        builder.Services.AddSingleton<IAvailability>(services => services.GetRequiredService<ClusterAvailability>());
        builder.Services.AddHostedService(services => services.GetRequiredService<ClusterAvailability>());
    }
}
