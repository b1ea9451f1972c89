using TryOn.Sandbox.Exchanges;
using TryOn.Sandbox.Faults;
using TryOn.Sandbox.Wire;

namespace TryOn.Sandbox.Fal;

/// <summary>
/// FAL's queue (https://docs.fal.ai/model-apis/model-endpoints/queue) for two endpoints, the history of requests, and
/// the key that callbacks are signed with. A request's addresses contain only the first two parts of the endpoint's
/// name.
/// </summary>
public static class FalEndpoints
{
    public const string Results = "/sandbox/fal/results/";
    private const string Requests = "/fal-ai/{app}/requests/{id}";

    // Room for the data URLs of several pictures.
    private const int BodyBytesMax = 64 * 1024 * 1024;

    public static IServiceCollection AddFal(this IServiceCollection services) => services
        .AddSingleton<FalSigningKey>()
        .AddSingleton<FalRequests>();

    public static IEndpointRouteBuilder MapFal(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(
            "/fal-ai/{**endpoint}", (string endpoint, HttpContext context, SubmitHandler handler, FalRequests queue) =>
            handler.Handle(
                context, Provider.Fal, BodyBytesMax, submission => queue.Decide(submission, $"fal-ai/{endpoint}")));
        routes.MapGet(
            Requests + "/status", (string id, HttpRequest request, FalRequests queue) => queue.Status(id, request))
            .WithFaults(Provider.Fal, Operation.Poll);
        routes.MapGet(Requests, (string id, HttpRequest request, FalRequests queue) => queue.Result(id, request))
            .WithFaults(Provider.Fal, Operation.Poll);
        routes.MapPut(
            Requests + "/cancel", (string id, HttpRequest request, FalRequests queue) => queue.Cancel(id, request));
        routes.MapGet(
            "/v1/models/requests/by-endpoint", (HttpRequest request, FalRequests queue) => queue.History(request))
            .WithFaults(Provider.Fal, Operation.Poll);
        routes.MapGet(Results + "{name}", (string name, FalRequests queue) => queue.Download(name))
            .WithFaults(Provider.Fal, Operation.Download);
        routes.MapGet("/.well-known/jwks.json", (FalSigningKey key) => FalAnswers.Keys(key.Published))
            .WithFaults(Provider.Fal, Operation.Keys);
        return routes;
    }
}
