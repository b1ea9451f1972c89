using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using TryOn.Api.Errors;
using TryOn.Api.Keys;
using TryOn.Core.Errors;

namespace TryOn.Api.Admin;

/// <summary>
/// Requires the operator's token. Without a configured token every admin route answers 404, as if it did not exist.
/// </summary>
public sealed class AdminFilter(IOptions<AdminOptions> options) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var expected = options.Value.Token;
        if (expected.Length == 0)
            return new ErrorResult(new Error(ErrorCode.NotFound, "There is no such route."));
        var token = KeyFilter.Token(context.HttpContext.Request) ?? "";
        // Comparing hashes keeps the response time from revealing the token's length.
        return CryptographicOperations.FixedTimeEquals(Hash(token), Hash(expected))
            ? await next(context)
            : new ErrorResult(new Error(ErrorCode.Authentication, "The admin token is missing or wrong."));
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
