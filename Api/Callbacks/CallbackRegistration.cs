using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using TryOn.Api.Http;
using TryOn.Api.Start;
using TryOn.Core.Keys;
using TryOn.Providers.Callbacks;
using TryOn.Providers.Fal;
using TryOn.Providers.Kling;

namespace TryOn.Api.Callbacks;

public static class CallbackRegistration
{
    /// <summary>Registers the services that receive upstreams' callbacks.</summary>
    public static IServiceCollection AddCallbacks(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<KlingOptions, KlingOptionsValidator>()
            .BindConfiguration(KlingOptions.Section);
        services.AddOptionsWithValidateOnStart<FalOptions, FalOptionsValidator>().BindConfiguration(FalOptions.Section);
        services.AddUpstreamHttp();
        services.TryAddSingleton(AddressesOf);
        services.AddSingleton<ICallbackProtocol>(provider => new KlingCallbacks(
            provider.GetRequiredService<IOptions<KlingOptions>>().Value, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new FalKeys(
            provider.GetRequiredService<IOptions<FalOptions>>().Value, provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<HttpMessageInvoker>(), provider.GetRequiredService<ILogger<FalKeys>>()));
        services.AddSingleton<ICallbackProtocol, FalCallbacks>();
        services.AddSingleton<ICallbackProtocol>(new UnsignedCallbacks("fashn"));
        services.AddSingleton<HintLimiter>();
        return services.AddSingleton<CallbackReceiver>();
    }

    /// <summary>
    /// Registers the service that tells upstreams where to call back. The callback may arrive at another process that
    /// shares the master secret.
    /// </summary>
    public static IServiceCollection AddCallbackOrigin(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<PublicBaseUrlOptions, PublicBaseUrlOptionsValidator>()
            .BindConfiguration("TryOn");
        services.TryAddSingleton(AddressesOf);
        return services.AddSingleton(provider => new CallbackOrigin(
            provider.GetRequiredService<IOptions<PublicBaseUrlOptions>>().Value.PublicBaseUrl,
            provider.GetRequiredService<CallbackAddress>()));
    }

    private static CallbackAddress AddressesOf(IServiceProvider services) =>
        new(services.GetRequiredService<MasterSecret>().For("upstream callbacks"));
}
