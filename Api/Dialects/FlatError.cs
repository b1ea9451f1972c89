using System.Text.Json.Serialization;
using TryOn.Api.Errors;
using TryOn.Core.Errors;

namespace TryOn.Api.Dialects;

/// <summary>
/// A refusal as FASHN and TryItOn tell it: a name and a sentence side by side, and never an id or a status, since nothing
/// was begun. Out of credits is 429 there.
/// </summary>
/// <param name="Ok">false to TryItOn's clients; FASHN's know no such field.</param>
public sealed record FlatError(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Ok, string Error, string Message)
{
    public static ErrorForm TryItOn { get; } = new(typeof(FlatError), StatusOf, (error, _) => Of(false, error));

    public static ErrorForm Fashn { get; } = new(typeof(FlatError), StatusOf, (error, _) => Of(null, error));

    private static int StatusOf(ErrorCode code) => code == ErrorCode.OutOfCredits
        ? StatusCodes.Status429TooManyRequests
        : ErrorStatus.Of(code).Status;

    /// <summary>The field at fault has no place of its own here, so the sentence names it.</summary>
    private static FlatError Of(bool? ok, Error error)
    {
        var named = error.Param is not { } param || error.Message.Contains(param, StringComparison.Ordinal);
        return new FlatError(
            ok, ErrorStatus.Of(error.Code).Type, named ? error.Message : $"{error.Param}: {error.Message}");
    }
}
