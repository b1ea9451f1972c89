using System.Security.Cryptography;

namespace TryOn.Sandbox.OpenAI;

public static class OpenAIRegistration
{
    public static IServiceCollection AddOpenAI(this IServiceCollection services) =>
        services.AddSingleton<OpenAIEndpoints>();

    public static IEndpointRouteBuilder MapOpenAI(this IEndpointRouteBuilder routes)
    {
        OpenAIEndpoints.Map(routes);
        return routes;
    }
}
