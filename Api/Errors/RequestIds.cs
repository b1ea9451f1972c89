using System.Security.Cryptography;

namespace TryOn.Api.Errors;

/// <summary>
/// Gives every response an id that a caller can quote; OpenAI's clients read it from <c>x-request-id</c>.
/// </summary>
public sealed class RequestIds(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        context.TraceIdentifier = $"req_{RandomNumberGenerator.GetHexString(24, lowercase: true)}";
        context.Response.OnStarting(() =>
        {
            context.Response.Headers["x-request-id"] = context.TraceIdentifier;
            return Task.CompletedTask;
        });
        return next(context);
    }
}
