using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using TryOn.Core.Egress;

namespace TryOn.Engine.Egress;

public static class EgressRegistration
{
    public static IServiceCollection AddEgress(this IServiceCollection services)
    {
        services.TryAddSingleton(EgressNetwork.Real);
        services.TryAddSingleton<IFetcher, GuardedFetcher>();
        services.TryAddSingleton<IPoster, GuardedPoster>();
        return services;
    }
}
