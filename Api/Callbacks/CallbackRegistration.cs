using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using TryOn.Api.Start;
using TryOn.Core.Keys;
using TryOn.Providers.Callbacks;
using TryOn.Providers.Fal;
using TryOn.Providers.Kling;

namespace TryOn.Api.Callbacks;

public static class CallbackRegistration
{
    /// <summary>What takes upstreams' callbacks.</summary>
    public static IServiceCollection AddCallbacks(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<KlingOptions, KlingOptionsValidator>().BindConfiguration(KlingOptions.Section);
        services.AddOptionsWithValidateOnStart<FalOptions, FalOptionsValidator>().BindConfiguration(FalOptions.Section);
        services.AddUpstreamHttp();
        services.TryAddSingleton(AddressesOf);
        services.AddSingleton<ICallbackForm>(provider => new KlingCallbacks(
            provider.GetRequiredService<IOptions<KlingOptions>>().Value, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new FalKeys(
            provider.GetRequiredService<IOptions<FalOptions>>().Value, provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<HttpMessageInvoker>(), provider.GetRequiredService<ILogger<FalKeys>>()));
        services.AddSingleton<ICallbackForm, FalCallbacks>();
        services.AddSingleton<ICallbackForm>(new UnsignedCallbacks("fashn"));
        services.AddSingleton<HintBudget>();
        return services.AddSingleton<CallbackDesk>();
    }

    /// <summary>What tells upstreams where to call back. Their answer may come to another process of the same secret.</summary>
    public static IServiceCollection AddCallbackOrigin(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<PublicAddressOptions, PublicAddressOptionsValidator>().BindConfiguration("TryOn");
        services.TryAddSingleton(AddressesOf);
        return services.AddSingleton(provider => new CallbackOrigin(
            provider.GetRequiredService<IOptions<PublicAddressOptions>>().Value.PublicBaseUrl,
            provider.GetRequiredService<CallbackAddress>()));
    }

    private static CallbackAddress AddressesOf(IServiceProvider services) =>
        new(services.GetRequiredService<MasterSecret>().For("upstream callbacks"));
}
