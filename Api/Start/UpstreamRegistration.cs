using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using TryOn.Api.Callbacks;
using TryOn.Core.Models;
using TryOn.Core.Providers;
using TryOn.Engine.Gates;
using TryOn.Providers.Callbacks;
using TryOn.Providers.Fal;
using TryOn.Providers.Fashn;
using TryOn.Providers.Gemini;
using TryOn.Providers.Kling;
using TryOn.Providers.OpenAI;
using TryOn.Providers.Wire;

namespace TryOn.Api.Start;

public static class UpstreamRegistration
{
    /// <summary>Registers the sandbox so that it starts before anything can call it.</summary>
    public static void AddSandbox(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptionsWithValidateOnStart<InProcessSandboxOptions, InProcessSandboxOptionsValidator>()
            .BindConfiguration("TryOn:Sandbox");
        builder.Services.AddUpstreamHttp();
        builder.Services.AddSingleton<InProcessSandbox>();
        builder.Services.AddHostedService(services => services.GetRequiredService<InProcessSandbox>());
    }

    /// <summary>Registers the HTTP client for upstreams, once per process.</summary>
    public static IServiceCollection AddUpstreamHttp(this IServiceCollection services)
    {
        services.TryAddSingleton(_ => new HttpMessageInvoker(UpstreamHandler.Create()));
        return services;
    }

    /// <summary>Registers the live upstreams that have a key.</summary>
    public static void AddUpstreams(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptionsWithValidateOnStart<KlingOptions, KlingOptionsValidator>()
            .BindConfiguration(KlingOptions.Section);
        builder.Services.AddOptionsWithValidateOnStart<GeminiOptions, GeminiOptionsValidator>()
            .BindConfiguration(GeminiOptions.Section);
        builder.Services.AddOptionsWithValidateOnStart<OpenAIOptions, OpenAIOptionsValidator>()
            .BindConfiguration(OpenAIOptions.Section);
        builder.Services.AddOptionsWithValidateOnStart<FalOptions, FalOptionsValidator>()
            .BindConfiguration(FalOptions.Section);
        builder.Services.AddOptionsWithValidateOnStart<FashnOptions, FashnOptionsValidator>()
            .BindConfiguration(FashnOptions.Section);
        builder.Services.AddCallbackOrigin();
        builder.Services.AddSingleton(services => new Upstreams(
            Live(services).ToList(), services.GetRequiredService<InProcessSandbox>().Providers,
            services.GetRequiredService<TimeProvider>(), services.GetService<Func<ITryOnProvider, IGate>>()));
        builder.Services.AddSingleton<IAvailability>(services => services.GetRequiredService<Upstreams>());
    }

    private static IEnumerable<ITryOnProvider> Live(IServiceProvider services)
    {
        var clock = services.GetRequiredService<TimeProvider>();
        var http = services.GetRequiredService<HttpMessageInvoker>();
        var callbacks = services.GetRequiredService<CallbackOrigin>();
        if (services.GetRequiredService<IOptions<KlingOptions>>().Value is { Configured: true } kling)
            yield return new KlingProvider(kling, clock, http, callbacks);
        if (services.GetRequiredService<IOptions<GeminiOptions>>().Value is { Configured: true } gemini)
            yield return new GeminiProvider(gemini, clock, http);
        if (services.GetRequiredService<IOptions<OpenAIOptions>>().Value is { Configured: true } openai)
            yield return new OpenAIProvider(openai, clock, http);
        if (services.GetRequiredService<IOptions<FalOptions>>().Value is { Configured: true } fal)
            yield return new FalProvider(fal, clock, http, callbacks);
        if (services.GetRequiredService<IOptions<FashnOptions>>().Value is { Configured: true } fashn)
            yield return new FashnProvider(fashn, clock, http, callbacks);
    }
}
