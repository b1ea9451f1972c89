using TryOn.Sandbox.Exchanges;

namespace TryOn.Sandbox.Gemini;

/// <summary>
/// Google's generateContent for image models (https://ai.google.dev/api/generate-content). The picture has the size of
/// the person, not that of the aspect ratio asked for.
/// </summary>
public static class GeminiEndpoints
{
    public static IServiceCollection AddGemini(this IServiceCollection services) => services.AddSingleton<GeminiCalls>();

    public static IEndpointRouteBuilder MapGemini(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(
            "/v1beta/models/{model}:generateContent",
            (string model, HttpContext context, SubmitDesk desk, GeminiCalls calls) => desk.Receive(
                context, Provider.Gemini, GeminiRequestReader.BodyBytesMax, submission => calls.Decide(submission, model)));
        routes.Map("/v1beta/{**rest}", () => GeminiErrors.NotFound);
        return routes;
    }
}
