namespace TryOn.Sandbox.Fashn;

public static class FashnRegistration
{
    public static IServiceCollection AddFashn(this IServiceCollection services) =>
        services.AddSingleton<FashnEndpoints>();

    public static IEndpointRouteBuilder MapFashn(this IEndpointRouteBuilder routes)
    {
        FashnEndpoints.Map(routes);
        return routes;
    }
}
