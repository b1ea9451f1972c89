using System.Net;
using Microsoft.Extensions.Options;
using TryOn.Sandbox.Callbacks;
using TryOn.Sandbox.Exchanges;
using TryOn.Sandbox.Fal;
using TryOn.Sandbox.Fashn;
using TryOn.Sandbox.Faults;
using TryOn.Sandbox.Gemini;
using TryOn.Sandbox.Kling;
using TryOn.Sandbox.Logs;
using TryOn.Sandbox.OpenAI;
using TryOn.Sandbox.Pictures;
using TryOn.Sandbox.Settings;

namespace TryOn.Sandbox;

/// <summary>
/// Builds the server that stands in for the upstreams, either embedded in another host or as a process of its own.
/// </summary>
public static class SandboxServer
{
    /// <param name="args">Command line (<c>--urls</c>) of a sandbox process; null for an embedded sandbox.</param>
    public static WebApplication Create(SandboxOptions options, string[]? args = null, TimeProvider? clock = null)
    {
        Validate(options);
        // The empty builder reads neither appsettings.json nor the environment. These belong to the outer host, and an
        // embedded sandbox that obeyed Kestrel:Endpoints would bind that host's addresses.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSandbox(options, clock ?? TimeProvider.System);
        if (args is null)
            builder.Services.AddSingleton<IHostLifetime, EmbeddedLifetime>();
        Listen(builder, options, args ?? []);
        var app = builder.Build();
        app.MapSandbox();
        return app;
    }

    /// <summary>The bound address; available once the application has started.</summary>
    public static Uri AddressOf(WebApplication app) => new(app.Urls.First());

    private static void Validate(SandboxOptions options)
    {
        var result = new SandboxOptionsValidator().Validate(name: null, options);
        if (result.Failed)
            throw new OptionsValidationException(SandboxOptions.Section, typeof(SandboxOptions), result.Failures);
    }

    private static void Listen(WebApplicationBuilder builder, SandboxOptions options, string[] args)
    {
        var urls = new ConfigurationBuilder().AddCommandLine(args).Build()["urls"];
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            // Every upstream has its own limit and its own error for exceeding it.
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.AddServerHeader = false;
            if (urls is null)
                kestrel.Listen(IPAddress.Loopback, options.Port ?? 0);
        });
        if (urls is not null)
            builder.WebHost.UseUrls(urls);
    }

    private static void AddSandbox(this IServiceCollection services, SandboxOptions options, TimeProvider clock) =>
        services
        .AddRouting()
        .AddSingleton(options)
        .AddSingleton(clock)
        .AddSingleton<FaultStore>()
        .AddSingleton<SandboxLog>()
        .AddSingleton<RequestCounter>()
        .AddSingleton<SubmitHandler>()
        .AddSingleton<CallbackSender>()
        .AddHostedService(provider => provider.GetRequiredService<CallbackSender>())
        .AddSingleton<FittingCache>()
        .AddKling()
        .AddGemini()
        .AddOpenAI()
        .AddFal()
        .AddFashn();

    private static void MapSandbox(this WebApplication app)
    {
        app.MapFaults();
        app.MapSandboxLog();
        app.MapKling();
        app.MapGemini();
        app.MapOpenAI();
        app.MapFal();
        app.MapFashn();
    }
}
