using System.Net;
using Microsoft.Extensions.Options;
using TryOn.Sandbox.Callbacks;
using TryOn.Sandbox.Exchanges;
using TryOn.Sandbox.Fal;
using TryOn.Sandbox.Fashn;
using TryOn.Sandbox.Faults;
using TryOn.Sandbox.Gemini;
using TryOn.Sandbox.Kling;
using TryOn.Sandbox.OpenAI;
using TryOn.Sandbox.Pictures;
using TryOn.Sandbox.Witness;

namespace TryOn.Sandbox;

/// <summary>Builds the stand-in for the upstreams, as a guest inside another host or as a process of its own.</summary>
public static class SandboxServer
{
    /// <param name="args">A command line (<c>--urls</c>); only a process of its own has one.</param>
    public static WebApplication Create(SandboxOptions options, string[]? args = null, TimeProvider? clock = null)
    {
        Validate(options);
        // The empty builder reads neither appsettings.json nor the environment: those belong to the host of a guest,
        // and a guest that obeyed Kestrel:Endpoints would bind its host's addresses.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSandbox(options, clock ?? TimeProvider.System);
        if (args is null)
            builder.Services.AddSingleton<IHostLifetime, GuestLifetime>();
        Listen(builder, options, args ?? []);
        var app = builder.Build();
        app.MapSandbox();
        return app;
    }

    /// <summary>The address that was bound; known once the application has started.</summary>
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
            // Every upstream has a cap of its own and its own words for going over it.
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.AddServerHeader = false;
            if (urls is null)
                kestrel.Listen(IPAddress.Loopback, options.Port ?? 0);
        });
        if (urls is not null)
            builder.WebHost.UseUrls(urls);
    }

    private static void AddSandbox(this IServiceCollection services, SandboxOptions options, TimeProvider clock) => services
        .AddRouting()
        .AddSingleton(options)
        .AddSingleton(clock)
        .AddSingleton<FaultStore>()
        .AddSingleton<WitnessLog>()
        .AddSingleton<Tally>()
        .AddSingleton<SubmitDesk>()
        .AddSingleton<CallbackPosts>()
        .AddHostedService(provider => provider.GetRequiredService<CallbackPosts>())
        .AddSingleton<FittingRoom>()
        .AddKling()
        .AddGemini()
        .AddOpenAI()
        .AddFal()
        .AddFashn();

    private static void MapSandbox(this WebApplication app)
    {
        app.MapFaults();
        app.MapWitness();
        app.MapKling();
        app.MapGemini();
        app.MapOpenAI();
        app.MapFal();
        app.MapFashn();
    }
}
