using System.Text;
using TryOn.Sandbox.Wire;

namespace TryOn.Sandbox.Logs;

public static class SandboxLogEndpoints
{
    public static IEndpointRouteBuilder MapSandboxLog(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sandbox/log", (SandboxLog log) =>
            new Answer(StatusCodes.Status200OK, Encoding.UTF8.GetBytes(log.ReadAll()), "application/x-ndjson"));
        routes.MapGet(
            "/sandbox/tally", (RequestCounter counter) =>
                Answer.Json(StatusCodes.Status200OK, counter.Read(), SandboxJson.SnakeCase));
        return routes;
    }
}
