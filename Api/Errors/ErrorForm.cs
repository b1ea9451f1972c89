using TryOn.Core.Errors;

namespace TryOn.Api.Errors;

/// <summary>
/// How a surface tells its errors: metadata of its routes, so that a refusal looks the same whoever writes it, from the key
/// filter to the boundary that catches what escapes.
/// </summary>
/// <param name="Written">The type of the body, for the document.</param>
/// <param name="StatusOf">The HTTP status.</param>
/// <param name="Body">What is written as JSON.</param>
public sealed record ErrorForm(Type Written, Func<ErrorCode, int> StatusOf, Func<Error, HttpContext, object> Body)
{
    /// <summary>Of every route that has no other.</summary>
    public static ErrorForm Envelope { get; } = new(typeof(ErrorBody), code => ErrorStatus.Of(code).Status, ErrorBody.Of);
}
