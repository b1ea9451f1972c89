namespace TryOn.Api.History;

/// <summary>
/// The routes by which an account reads its own history. All of them read the statement, from which the balance follows
/// too.
/// </summary>
public static class HistoryEndpoints
{
    public static IServiceCollection AddHistory(this IServiceCollection services) =>
        services.AddSingleton<Generations>();

    public static IEndpointRouteBuilder MapHistory(this IEndpointRouteBuilder routes)
    {
        routes.MapUsage();
        routes.MapActivity();
        routes.MapGenerations();
        routes.MapStatement();
        return routes;
    }
}
