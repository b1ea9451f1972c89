using System.Text.Json;
using TryOn.Sandbox.Exchanges;

namespace TryOn.Sandbox.Faults;

public static class FaultEndpoints
{
    public static IEndpointRouteBuilder MapFaults(this IEndpointRouteBuilder routes)
    {
        var faults = routes.MapGroup("/sandbox/faults");
        faults.MapPost("", Order);
        faults.MapDelete("", Clear);
        return faults;
    }

    private static async Task<Answer> Order(HttpRequest request, FaultStore faults, CancellationToken cancellation)
    {
        try
        {
            var fault = await JsonSerializer.DeserializeAsync<Fault>(request.Body, SandboxJson.Snake, cancellation);
            var flaw = fault is null ? "the body is not a fault" : fault.Flaw();
            if (flaw is not null)
                return Refused(flaw);
            faults.Add(fault!);
            return Answer.Json(StatusCodes.Status201Created, fault, SandboxJson.Snake);
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
        Answer.Json(StatusCodes.Status400BadRequest, new { error = flaw }, SandboxJson.Snake);
}
