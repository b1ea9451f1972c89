using TryOn.Api.Dialects;
using TryOn.Api.Keys;
using TryOn.Core.Errors;

namespace TryOn.Api.Errors;

/// <summary>Writes an error with the headers that keep clients from doing harm by retrying.</summary>
public sealed class ErrorResult(Error error) : IResult
{
    private static readonly TimeSpan RetryMax = TimeSpan.FromSeconds(60);

    public Error Error => error;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var form = FormOf(httpContext);
        var status = form.StatusOf(error.Code);
        var response = httpContext.Response;
        response.StatusCode = status;
        if (status is 429 or 503)
            response.Headers.RetryAfter = Seconds(error.RetryAfter ?? RetryMax);
        if (error.Rate is { } rate)
            RateHeaders.Write(response, rate.Limit, rate.Remaining, rate.Reset);
        // OpenAI's clients, among others, send a failed request again unless they are told not to.
        response.Headers["x-should-retry"] = error.RetryAfter is null ? "false" : "true";
        if (status == 401)
            response.Headers.WWWAuthenticate = "Bearer";
        await response.WriteAsJsonAsync(form.Body(error, httpContext), httpContext.RequestAborted);
    }

    private static ErrorForm FormOf(HttpContext context) => context.GetEndpoint() is RouteEndpoint route
        ? route.Metadata.GetMetadata<ErrorForm>() ?? ErrorForm.Envelope
        : SurfacePaths.FormOf(context.Request.Path);

    private static string Seconds(TimeSpan wait) =>
        Math.Clamp((long)Math.Ceiling(wait.TotalSeconds), 1, (long)RetryMax.TotalSeconds).ToString();
}
