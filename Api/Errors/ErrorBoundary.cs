using Microsoft.Extensions.Primitives;
using TryOn.Core.Errors;

namespace TryOn.Api.Errors;

/// <summary>
/// Turns every unhandled exception and bare status into a typed error. No exception text reaches a caller, and no error
/// under the API lacks a body.
/// </summary>
public sealed partial class ErrorBoundary(RequestDelegate next, ILogger<ErrorBoundary> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            // Routing and parameter binding reject a request with a bare status. All other responses have started by
            // now.
            if (context.Response is { HasStarted: false, StatusCode: >= 400 and var status })
                await Write(context, FromBareStatus(status), context.Response.Headers.Allow);
        }
        catch (Exception failure) when (!context.Response.HasStarted)
        {
            if (context.RequestAborted.IsCancellationRequested)
                return;
            await Write(context, ToError(failure));
        }
    }

    private Error ToError(Exception failure)
    {
        switch (failure)
        {
            case BadHttpRequestException { StatusCode: 413 }:
            case InvalidDataException { Message: var message } when message.Contains(
                "body length limit", StringComparison.Ordinal):
                return new Error(ErrorCode.PayloadTooLarge, "The request body is too large.");
            // Kestrel answers 408 to an upload below the minimum rate. Nothing was started, and a retry may be fast
            // enough.
            case BadHttpRequestException { StatusCode: 408 }:
                return new Error(
                    ErrorCode.RequestTimeout, "The request body came too slowly. Nothing was charged; send it again.",
                    RetryAfter: TimeSpan.FromSeconds(1));
            case BadHttpRequestException or InvalidDataException:
                return new Error(ErrorCode.InvalidRequest, "The request could not be read.");
            case CommitFailedException or IOException:
                LogUnavailable(logger, failure);
                return new Error(
                    ErrorCode.Unavailable, "The gateway cannot store anything at the moment. Send the request again.",
                    RetryAfter: TimeSpan.FromSeconds(2));
            default:
                LogFailed(logger, failure);
                return new Error(ErrorCode.Internal, "Something went wrong on our side.");
        }
    }

    private static Error FromBareStatus(int status) => status switch
    {
        404 => new Error(ErrorCode.NotFound, "There is no such route."),
        405 => new Error(
            ErrorCode.MethodNotAllowed, "This route does not take this method; the header Allow names those it takes."),
        _ => new Error(ErrorCode.InvalidRequest, "The request could not be read."),
    };

    private static Task Write(HttpContext context, Error error, StringValues allowed = default)
    {
        context.Response.Clear();
        if (allowed.Count > 0)
            context.Response.Headers.Allow = allowed;
        return new ErrorResult(error).ExecuteAsync(context);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A request failed")]
    private static partial void LogFailed(ILogger logger, Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A request failed because nothing can be stored at the moment")]
    private static partial void LogUnavailable(ILogger logger, Exception failure);
}
