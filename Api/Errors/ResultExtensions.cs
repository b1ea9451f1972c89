using TryOn.Core.Errors;

namespace TryOn.Api.Errors;

public static class ResultExtensions
{
    /// <summary>Renders the value, or writes the error.</summary>
    public static IResult ToHttp<T>(this Result<T> result, Func<T, IResult> render)
        where T : class => result.Ok ? render(result.Value) : new ErrorResult(result.Error);
}
