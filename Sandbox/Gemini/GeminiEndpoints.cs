using TryOn.Sandbox.Exchanges;
using TryOn.Sandbox.Wire;

namespace TryOn.Sandbox.Gemini;

/// <summary>
/// Google's generateContent for image models (https://ai.google.dev/api/generate-content). The picture has the size of
/// the person's; the requested aspect ratio is ignored.
/// </summary>
public static class GeminiEndpoints
{
    // Google's own client uses v1 since its version 3.
    private static readonly string[] Versions = ["v1beta", "v1"];

    public static IServiceCollection AddGemini(this IServiceCollection services) =>
        services.AddSingleton<GeminiCalls>();

    public static IEndpointRouteBuilder MapGemini(this IEndpointRouteBuilder routes)
    {
        foreach (var version in Versions)
        {
            routes.MapPost(
                $"/{version}/models/{{model}}:generateContent",
                (string model, HttpContext context, SubmitHandler handler, GeminiCalls calls) => handler.Handle(
                    context, Provider.Gemini, GeminiRequestReader.BodyBytesMax,
                    submission => calls.Decide(submission, model)));
        }

        routes.Map("/v1beta/{**rest}", () => GeminiErrors.NotFound);
        return routes;
    }
}
