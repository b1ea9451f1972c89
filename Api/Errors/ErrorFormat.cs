using TryOn.Core.Errors;

namespace TryOn.Api.Errors;

/// <summary>
/// The format of a surface's errors. It is metadata of the routes, so that an error looks the same whichever code
/// writes it, from the key filter to the error boundary.
/// </summary>
/// <param name="BodyType">The type of the body, for the OpenAPI document.</param>
/// <param name="StatusOf">The HTTP status.</param>
/// <param name="Body">Makes the object that is written as JSON.</param>
public sealed record ErrorFormat(Type BodyType, Func<ErrorCode, int> StatusOf, Func<Error, HttpContext, object> Body)
{
    /// <summary>The format of every route that names no other.</summary>
    public static ErrorFormat Envelope { get; } = new(
        typeof(ErrorBody), code => ErrorStatus.ForCode(code).Status, ErrorBody.FromError);
}
