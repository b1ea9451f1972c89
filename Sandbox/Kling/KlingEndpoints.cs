using System.Globalization;
using TryOn.Sandbox.Exchanges;
using TryOn.Sandbox.Faults;
using TryOn.Sandbox.Pictures;
using TryOn.Sandbox.Wire;

namespace TryOn.Sandbox.Kling;

/// <summary>
/// Kling's Kolors virtual try-on (https://app.klingai.com/global/dev/document-api).
/// </summary>
public static class KlingEndpoints
{
    private const string TryOn = "/v1/images/kolors-virtual-try-on";
    private const string Results = "/sandbox/kling/results/";

    // Room for two pictures of 10 MB in base64 and the other fields.
    private const int BodyBytesMax = 32 * 1024 * 1024;

    public static IServiceCollection AddKling(this IServiceCollection services) => services
        .AddSingleton<KlingAuth>()
        .AddSingleton<KlingTaskStore>()
        .AddSingleton<KlingSubmits>();

    public static IEndpointRouteBuilder MapKling(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(TryOn, (HttpContext context, SubmitHandler handler, KlingSubmits submits) =>
            handler.Handle(context, Provider.Kling, BodyBytesMax, submits.Decide));
        routes.MapGet(TryOn, List).WithFaults(Provider.Kling, Operation.Poll)
            .WithFaults(Provider.Kling, Operation.List);
        routes.MapGet(TryOn + "/{id}", Poll).WithFaults(Provider.Kling, Operation.Poll);
        routes.MapGet(Results + "{name}", Download).WithFaults(Provider.Kling, Operation.Download);
        routes.Map(TryOn + "/{**rest}", () => KlingErrors.NoMethod.ToAnswer());
        return routes;
    }

    private static Answer Poll(string id, HttpRequest request, KlingAuth auth, KlingTaskStore tasks, TimeProvider clock)
    {
        if (auth.Check(request) is { } unauthorized)
            return unauthorized.ToAnswer();
        return tasks.Find(id) is { } task
            ? KlingEnvelope.Succeed(task.ToData(clock.GetUtcNow(), ResultBase(request)))
            : KlingErrors.Missing($"task {id} not found").ToAnswer();
    }

    private static Answer List(HttpRequest request, KlingAuth auth, KlingTaskStore tasks, TimeProvider clock)
    {
        if (auth.Check(request) is { } unauthorized)
            return unauthorized.ToAnswer();
        if (Number(request, "pageNum", fallback: 1, max: 1000) is not { } number)
            return KlingErrors.Value("pageNum must be from 1 to 1000").ToAnswer();
        if (Number(request, "pageSize", fallback: 30, max: 500) is not { } size)
            return KlingErrors.Value("pageSize must be from 1 to 500").ToAnswer();
        var now = clock.GetUtcNow();
        return KlingEnvelope.Succeed(
            tasks.Page(number, size).ConvertAll(task => task.ToData(now, ResultBase(request))));
    }

    // As upstream, results need no key: anyone who knows the address can download the picture.
    private static Answer Download(string name, KlingTaskStore tasks, FittingCache fittings) =>
        tasks.FindByResult(name) is { } task && fittings.Find(task.Fitting) is { } fitting
            ? new Answer(StatusCodes.Status200OK, fitting.Picture(), fitting.MimeType())
            : new Answer(StatusCodes.Status404NotFound, default, string.Empty);

    public static string ResultBase(HttpRequest request) => $"{request.Scheme}://{request.Host}{Results}";

    private static int? Number(HttpRequest request, string name, int fallback, int max)
    {
        if (!request.Query.TryGetValue(name, out var text))
            return fallback;
        return int.TryParse(text, NumberStyles.None, provider: null, out var number) && number >= 1 && number <= max
            ? number
            : null;
    }
}
