using TryOn.Sandbox.Exchanges;
using TryOn.Sandbox.Witness;

namespace TryOn.Sandbox.Faults;

/// <summary>Lets faults act on a route that only reads, and counts it; a submit goes over the desk, which also logs.</summary>
public static class FaultFilter
{
    public static RouteHandlerBuilder WithFaults(this RouteHandlerBuilder route, Provider provider, Operation operation) =>
        route.AddEndpointFilter((invocation, next) => Run(invocation, next, provider, operation));

    private static async ValueTask<object?> Run(
        EndpointFilterInvocationContext invocation, EndpointFilterDelegate next, Provider provider, Operation operation)
    {
        var context = invocation.HttpContext;
        context.RequestServices.GetRequiredService<Tally>().Count(provider, operation);
        var fault = context.RequestServices.GetRequiredService<FaultStore>().Take(provider, operation);
        if (FaultActions.Instead(fault) is { } instead)
            return instead;
        var answer = (Answer)(await next(invocation))!;
        var clock = context.RequestServices.GetRequiredService<TimeProvider>();
        await Task.Delay(FaultActions.Delay(fault), clock, context.RequestAborted);
        return FaultActions.Applied(fault, answer);
    }
}
