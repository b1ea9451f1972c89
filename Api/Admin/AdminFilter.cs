using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using TryOn.Api.Errors;
using TryOn.Api.Keys;
using TryOn.Core.Errors;

namespace TryOn.Api.Admin;

/// <summary>Lets the operator in, and answers everybody else as if there were nothing here.</summary>
public sealed class AdminFilter(IOptions<AdminOptions> options) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var expected = options.Value.Token;
        if (expected.Length == 0)
            return new ErrorResult(new Error(ErrorCode.NotFound, "There is no such route."));
        var token = KeyFilter.Token(context.HttpContext.Request) ?? "";
        // Hashes are compared, so that not even the token's length shows in the time it takes.
        return CryptographicOperations.FixedTimeEquals(Hash(token), Hash(expected))
            ? await next(context)
            : new ErrorResult(new Error(ErrorCode.Authentication, "The admin token is missing or wrong."));
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
