namespace TryOn.Api.History;

/// <summary>What an account can read of its own past. All of it is read from the statement, as the balance is.</summary>
public static class HistoryEndpoints
{
    public static IServiceCollection AddHistory(this IServiceCollection services) => services.AddSingleton<Generations>();

    public static IEndpointRouteBuilder MapHistory(this IEndpointRouteBuilder routes)
    {
        routes.MapUsage();
        routes.MapActivity();
        routes.MapGenerations();
        routes.MapStatement();
        return routes;
    }
}
