using System.Text.Json;
using TryOn.Sandbox.Wire;

namespace TryOn.Sandbox.Faults;

public static class FaultEndpoints
{
    public static IEndpointRouteBuilder MapFaults(this IEndpointRouteBuilder routes)
    {
        var faults = routes.MapGroup("/sandbox/faults");
        faults.MapPost("", Add);
        faults.MapDelete("", Clear);
        return faults;
    }

    private static async Task<Answer> Add(HttpRequest request, FaultStore faults, CancellationToken cancellation)
    {
        try
        {
            var fault = await JsonSerializer.DeserializeAsync<Fault>(request.Body, SandboxJson.SnakeCase, cancellation);
            var flaw = fault is null ? "the body is not a fault" : fault.Flaw();
            if (flaw is not null)
                return Refused(flaw);
            faults.Add(fault!);
            return Answer.Json(StatusCodes.Status201Created, fault, SandboxJson.SnakeCase);
        }
        catch (JsonException malformed)
        {
            return Refused(malformed.Message);
        }
    }

    private static Answer Clear(FaultStore faults)
    {
        faults.Clear();
        return new Answer(StatusCodes.Status204NoContent, default, string.Empty);
    }

    private static Answer Refused(string flaw) =>
        Answer.Json(StatusCodes.Status400BadRequest, new { error = flaw }, SandboxJson.SnakeCase);
}
