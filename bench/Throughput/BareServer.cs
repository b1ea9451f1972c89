using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace TryOn.Throughput;

/// <summary>
/// The baseline: the same web server, which parses the body as JSON, answers 202 and does nothing else.
/// </summary>
internal static class BareServer
{
    public static async Task<int> Run(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        app.MapGet("/health/ready", () => TypedResults.Ok());
        app.MapPost("/api/v1/tryon", (Body body) => TypedResults.Json(
            new { id = body.Model, status = "pending" }, statusCode: StatusCodes.Status202Accepted));
        await app.RunAsync();
        return 0;
    }

    private sealed record Body(string Model, string PersonImages, string GarmentImages);
}
