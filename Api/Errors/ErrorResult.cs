using TryOn.Core.Errors;

namespace TryOn.Api.Errors;

/// <summary>Writes an error with the headers that keep clients from doing harm by retrying.</summary>
public sealed class ErrorResult(Error error) : IResult
{
    private static readonly TimeSpan RetryMax = TimeSpan.FromSeconds(60);

    public Error Error => error;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var status = ErrorStatus.Of(error.Code);
        var response = httpContext.Response;
        response.StatusCode = status.Status;
        if (status.Status is 429 or 503)
            response.Headers.RetryAfter = Seconds(error.RetryAfter ?? RetryMax);
        // OpenAI's clients, among others, send a failed request again unless they are told not to.
        response.Headers["x-should-retry"] = error.RetryAfter is null ? "false" : "true";
        if (status.Status == 401)
            response.Headers.WWWAuthenticate = "Bearer";
        var metadata = new ErrorMetadata(status.Kind, ErrorStatus.Name(error.Code), httpContext.TraceIdentifier, error.LimitSource);
        var detail = new ErrorDetail(status.Status, error.Message, status.Type, error.Param, metadata);
        await response.WriteAsJsonAsync(new ErrorBody(detail, error.Message));
    }

    private static string Seconds(TimeSpan wait) =>
        Math.Clamp((long)Math.Ceiling(wait.TotalSeconds), 1, (long)RetryMax.TotalSeconds).ToString();
}
