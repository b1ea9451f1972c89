using TryOn.Sandbox.Logs;
using TryOn.Sandbox.Wire;

namespace TryOn.Sandbox.Faults;

/// <summary>
/// Applies faults to a route that only reads, and counts its requests. Submits are handled elsewhere, with logging.
/// </summary>
public static class FaultFilter
{
    public static RouteHandlerBuilder WithFaults(
        this RouteHandlerBuilder route, Provider provider, Operation operation) =>
        route.AddEndpointFilter((invocation, next) => Run(invocation, next, provider, operation));

    private static async ValueTask<object?> Run(
        EndpointFilterInvocationContext invocation, EndpointFilterDelegate next, Provider provider, Operation operation)
    {
        var context = invocation.HttpContext;
        context.RequestServices.GetRequiredService<RequestCounter>().Count(provider, operation);
        var fault = context.RequestServices.GetRequiredService<FaultStore>().Take(provider, operation);
        if (FaultActions.Replacement(fault) is { } replacement)
            return replacement;
        var answer = (Answer)(await next(invocation))!;
        var clock = context.RequestServices.GetRequiredService<TimeProvider>();
        await Task.Delay(FaultActions.Delay(fault), clock, context.RequestAborted);
        return FaultActions.Apply(fault, answer);
    }
}
