using System.Text;
using TryOn.Sandbox.Exchanges;

namespace TryOn.Sandbox.Witness;

public static class WitnessEndpoints
{
    public static IEndpointRouteBuilder MapWitness(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sandbox/log", (WitnessLog log) =>
            new Answer(StatusCodes.Status200OK, Encoding.UTF8.GetBytes(log.ReadAll()), "application/x-ndjson"));
        routes.MapGet("/sandbox/tally", (Tally tally) => Answer.Json(StatusCodes.Status200OK, tally.Read(), SandboxJson.Snake));
        return routes;
    }
}
