using System.Security.Cryptography;
using Amazon.S3;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using TryOn.Api;
using TryOn.Api.Start;
using TryOn.Api.Webhooks;
using TryOn.Core.Keys;
using TryOn.Core.Models;
using TryOn.Core.Pictures;
using TryOn.Engine;
using TryOn.Engine.Pictures;
using TryOn.Grains;
using TryOn.Grains.Feed;
using TryOn.Silo.Pictures;

namespace TryOn.Silo;

/// <summary>One process of the cluster, put together by its role.</summary>
public static class Node
{
    public static WebApplicationBuilder AddNode(this WebApplicationBuilder builder)
    {
        var role = Role(builder.Configuration);
        builder.AddShared();
        if (role != NodeRole.Silo)
            builder.AddFrontEnd();
        else
            builder.AddSiloOnly();
        if (role != NodeRole.Api)
            builder.AddSilo();
        else
            builder.AddClient();
        if (role != NodeRole.Silo)
            builder.Services.AddHostedService<FeedListener>();
        if (role == NodeRole.Both)
            builder.Services.AddHostedService<FirstStart>();
        return builder;
    }

    public static WebApplication MapNode(this WebApplication app)
    {
        if (Role(app.Configuration) != NodeRole.Silo)
        {
            app.MapGateway();
            return app;
        }

        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/health/ready");
        return app;
    }

    private static NodeRole Role(IConfiguration configuration)
    {
        var role = configuration["role"] ?? nameof(NodeRole.Both);
        return Enum.TryParse<NodeRole>(role, ignoreCase: true, out var parsed) && parsed != NodeRole.None
            ? parsed
            : throw new OptionsValidationException("role", typeof(NodeRole), [$"--role is '{role}'; it is silo, api or both."]);
    }

    private static void AddShared(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptionsWithValidateOnStart<ClusterNodeOptions, ClusterNodeOptionsValidator>()
            .BindConfiguration("TryOn:Cluster");
        builder.Services.AddOptionsWithValidateOnStart<S3Options, S3OptionsValidator>()
            .BindConfiguration("TryOn:Cluster:S3");
        builder.Services.AddGrains();
        builder.Services.AddSingleton(services => Secret(services.GetRequiredService<IOptions<ClusterNodeOptions>>().Value));
        builder.Services.AddSingleton<IPictureStore>(services => Pictures(
            services.GetRequiredService<IOptions<ClusterNodeOptions>>().Value,
            services.GetRequiredService<IOptions<S3Options>>().Value));
    }

    private static void AddSiloOnly(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddEgressRules();
        builder.Services.AddWebhookMessages();
        builder.Services.AddHealthChecks();
    }

    private static void AddSilo(this WebApplicationBuilder builder)
    {
        // The sandbox answers before the first job may be revived.
        builder.AddSandbox();
        builder.UseOrleans(silo => silo.UseGateway(builder.Configuration));
        builder.Services.AddEngine(builder.Configuration);
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

    private static MasterSecret Secret(ClusterNodeOptions options) => new(options.Secret.Length > 0
        ? Convert.FromBase64String(options.Secret)
        : RandomNumberGenerator.GetBytes(MasterSecret.LengthMin));

    private static IPictureStore Pictures(ClusterNodeOptions options, S3Options objects)
    {
        if (objects.Chosen)
            return new S3Pictures(new AmazonS3Client(S3Pictures.ConfigOf(objects)), objects);
        var folder = Path.GetFullPath(options.PictureFolder);
        Directory.CreateDirectory(folder);
        return new FolderPictures(folder);
    }
}
