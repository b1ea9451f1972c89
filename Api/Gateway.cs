using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using TryOn.Api.Accounts;
using TryOn.Api.Admin;
using TryOn.Api.Browsers;
using TryOn.Api.Callbacks;
using TryOn.Api.Chat;
using TryOn.Api.Dialects;
using TryOn.Api.Documents;
using TryOn.Api.Errors;
using TryOn.Api.Files;
using TryOn.Api.Health;
using TryOn.Api.History;
using TryOn.Api.Http;
using TryOn.Api.Images;
using TryOn.Api.Inputs;
using TryOn.Api.Jobs;
using TryOn.Api.Keys;
using TryOn.Api.Limits;
using TryOn.Api.Models;
using TryOn.Api.Outputs;
using TryOn.Api.Progress;
using TryOn.Api.Start;
using TryOn.Api.Webhooks;
using TryOn.Core.Pictures;
using TryOn.Engine.Jobs;

namespace TryOn.Api;

/// <summary>The whole gateway as two lists: the services it is made of, and the routes it serves.</summary>
public static class Gateway
{
    /// <summary>Limit for the parts of a form around a file: boundaries, headers and other fields.</summary>
    private const int FieldBytesMax = 64 * 1024;

    /// <summary>Minimum upload rate: slower uploads are aborted after ten seconds.</summary>
    private static readonly MinDataRate UploadRate = new(
        bytesPerSecond: 16 * 1024, gracePeriod: TimeSpan.FromSeconds(10));

    /// <summary>
    /// Registers the services that answer HTTP. The host must provide IDirectory, IJobFeed, IPictureStore,
    /// IAvailability and MasterSecret.
    /// </summary>
    public static WebApplicationBuilder AddFrontEnd(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddServer();
        builder.AddEgressRules();
        builder.AddSurfaces();
        builder.AddDocuments();
        return builder;
    }

    public static WebApplication MapGateway(this WebApplication app)
    {
        app.UseMiddleware<RequestIds>();
        app.UseMiddleware<ErrorBoundary>();
        app.UseWebSockets();
        app.UseRouting();
        app.UseCors();
        var all = app.MapGroup("").AlsoHead();
        var api = all.MapGroup("/api/v1");
        api.MapTryOn();
        api.MapJobStatus();
        api.MapTryItOn();
        api.MapProgress();
        api.MapWebhooks();
        api.MapOpenAi();
        // The same routes again, which the OpenAPI document lists only once.
        all.MapGroup("/v1").ExcludeFromDescription().MapOpenAi();
        all.MapGroup("/v1").MapFashn();
        api.MapCredits();
        api.MapKeys();
        api.MapHistory();
        all.MapFiles();
        all.MapCallbacks();
        app.MapDocuments();
        all.MapAdmin();
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/health/ready");
        return app;
    }

    /// <summary>
    /// Maps OpenAI's routes; they are mapped twice, since some clients add the version to the base address themselves.
    /// </summary>
    private static void MapOpenAi(this IEndpointRouteBuilder routes)
    {
        routes.MapChat();
        routes.MapImages();
        routes.MapModels();
    }

    private static void AddServer(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptionsWithValidateOnStart<LimitOptions, LimitOptionsValidator>()
            .BindConfiguration("TryOn:Limits");
        builder.Services.AddOptionsWithValidateOnStart<PublicBaseUrlOptions, PublicBaseUrlOptionsValidator>()
            .BindConfiguration("TryOn");
        // The framework's request log would contain result addresses, which give access to the pictures.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning)
            .AddFilter("System.Net.Http", LogLevel.Warning);
        var requestBytesMax = builder.Configuration.GetValue(
            "TryOn:Limits:RequestBytesMax", new LimitOptions().RequestBytesMax);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.RequestHeaderEncodingSelector = _ => HeaderText.Encoding;
            kestrel.Limits.MaxRequestBodySize = requestBytesMax;
            kestrel.Limits.MinRequestBodyDataRate = UploadRate;
        });
        // Pictures stay in memory: by default, larger ones would be written to a temporary folder.
        builder.Services.Configure<FormOptions>(form =>
        {
            form.MultipartBodyLengthLimit = requestBytesMax;
            form.MemoryBufferThreshold = int.MaxValue;
            form.ValueLengthLimit = (int)Math.Min(requestBytesMax, int.MaxValue);
            form.MultipartHeadersLengthLimit = FieldBytesMax;
        });
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower));
            json.SerializerOptions.Converters.Add(new ValidatedElement());
        });
        builder.Services.AddHealthChecks().AddCheck<StoppingHealth>("stopping");
    }

    private static void AddSurfaces(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptionsWithValidateOnStart<AdminOptions, AdminOptionsValidator>()
            .BindConfiguration("TryOn:Admin");
        builder.Services.AddOptionsWithValidateOnStart<SurfaceOptions, SurfaceOptionsValidator>()
            .BindConfiguration("TryOn:Surfaces");
        builder.Services.AddOptionsWithValidateOnStart<FallbackOptions, FallbackOptionsValidator>()
            .BindConfiguration("TryOn:Fallbacks");
        builder.Services.Configure<ErrorFormats>(formats => formats.AddSurfaces());
        builder.Services.AddSingleton<DialectJobs>();
        builder.Services.AddOptions<RetentionOptions>().BindConfiguration("TryOn:Retention");
        builder.Services.AddSingleton<PublicBaseUrl>();
        builder.Services.AddSingleton<KeyVault>();
        builder.Services.AddSingleton<RequestAdmission>();
        builder.Services.AddSingleton<AccountOpening>();
        builder.Services.AddSingleton<ImageLoader>();
        builder.Services.AddSingleton<InputPictures>();
        builder.Services.AddSingleton<InputReader>();
        builder.Services.AddSingleton<JobId>();
        builder.Services.AddSingleton<Intake>();
        builder.Services.AddSingleton<JobSets>();
        builder.Services.AddSingleton<JobWaiter>();
        builder.Services.AddSingleton<RecentLatencies>();
        builder.Services.AddSingleton<ProgressEstimator>();
        builder.Services.AddSingleton<QueuePositions>();
        builder.Services.AddSingleton<JobRenderer>();
        builder.Services.AddSingleton<ModelChoice>();
        builder.Services.AddSingleton<ModelRoutes>();
        builder.Services.AddSingleton<RecentJobs>();
        builder.Services.AddSingleton<ResultPictures>();
        builder.Services.AddSingleton<ChatResponder>();
        builder.Services.AddSingleton<ImageResponder>();
        builder.Services.AddSingleton<ResultLinks>();
        builder.Services.AddSingleton<ResultFiles>();
        builder.Services.AddSingleton<Audit>();
        builder.Services.AddSingleton<JobAudit>();
        builder.Services.AddSingleton<CostReport>();
        builder.Services.AddHistory();
        builder.Services.AddProgress();
        builder.Services.AddBrowsers();
        builder.Services.AddWebhooks();
        builder.Services.AddCallbacks();
    }
}
