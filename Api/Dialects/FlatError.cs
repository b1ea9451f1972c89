using System.Text.Json.Serialization;
using TryOn.Api.Errors;
using TryOn.Core.Errors;

namespace TryOn.Api.Dialects;

/// <summary>
/// An error as FASHN and TryItOn report it: a name and a sentence, without an id or a status because no job was
/// started. Their status for too few credits is 429.
/// </summary>
/// <param name="Ok">False for TryItOn's clients; null, and so absent, for FASHN's.</param>
public sealed record FlatError(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Ok, string Error, string Message)
{
    public static ErrorFormat TryItOn { get; } =
        new(typeof(FlatError), StatusOf, (error, _) => FromError(false, error));

    public static ErrorFormat Fashn { get; } = new(typeof(FlatError), StatusOf, (error, _) => FromError(null, error));

    private static int StatusOf(ErrorCode code) => code == ErrorCode.OutOfCredits
        ? StatusCodes.Status429TooManyRequests
        : ErrorStatus.ForCode(code).Status;

    /// <summary>This body has no field for the invalid parameter, so the message names it.</summary>
    private static FlatError FromError(bool? ok, Error error)
    {
        var named = error.Param is not { } param || error.Message.Contains(param, StringComparison.Ordinal);
        return new FlatError(
            ok, ErrorStatus.ForCode(error.Code).Type, named ? error.Message : $"{error.Param}: {error.Message}");
    }
}
