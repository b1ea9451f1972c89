using Microsoft.Extensions.Options;
using TryOn.Api.Limits;
using TryOn.Core.Errors;

namespace TryOn.Api.Errors;

/// <summary>Writes an error with headers that keep clients from harmful retries.</summary>
public sealed class ErrorResult(Error error) : IResult
{
    private static readonly TimeSpan RetryMax = TimeSpan.FromSeconds(60);

    public Error Error => error;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var format = FormatOf(httpContext);
        var status = format.StatusOf(error.Code);
        var response = httpContext.Response;
        response.StatusCode = status;
        if (status is 429 or 503)
            response.Headers.RetryAfter = Seconds(error.RetryAfter ?? RetryMax);
        if (error.Rate is { } rate)
            RateHeaders.Write(response, rate.Limit, rate.Remaining, rate.Reset);
        // OpenAI's clients, among others, retry a failed request unless this header says false.
        response.Headers["x-should-retry"] = error.RetryAfter is null ? "false" : "true";
        if (status == 401)
            response.Headers.WWWAuthenticate = "Bearer";
        await response.WriteAsJsonAsync(format.Body(error, httpContext), httpContext.RequestAborted);
    }

    private static ErrorFormat FormatOf(HttpContext context) => context.GetEndpoint() is RouteEndpoint route
        ? route.Metadata.GetMetadata<ErrorFormat>() ?? ErrorFormat.Envelope
        : context.RequestServices.GetRequiredService<IOptions<ErrorFormats>>().Value.ForPath(context.Request.Path);

    private static string Seconds(TimeSpan wait) =>
        Math.Clamp((long)Math.Ceiling(wait.TotalSeconds), 1, (long)RetryMax.TotalSeconds).ToString();
}
