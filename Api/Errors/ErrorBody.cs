using System.Text.Json.Serialization;
using TryOn.Core.Errors;
using TryOn.Core.Models;

namespace TryOn.Api.Errors;

/// <summary>
/// One body that OpenAI's, OpenRouter's and TryItOn's clients can all parse: the first two require <c>code</c> to be a
/// whole number and <c>type</c> a string, and the third reads the outer <c>message</c>.
/// </summary>
public sealed record ErrorBody(ErrorDetail Error, string Message)
{
    public static ErrorBody FromError(Error error, HttpContext context)
    {
        var status = ErrorStatus.ForCode(error.Code);
        var metadata = new ErrorMetadata(
            status.Kind, ErrorStatus.Name(error.Code), context.TraceIdentifier, error.LimitSource)
        {
            ProviderName = error.Failure is { } failure ? Catalog.NameOf(failure.Provider) : null,
            PreviousErrors = error.Failure?.Before is null
                ? null
                : [.. error.Failure.Earlier().Select(PreviousError.FromFailure)],
        };
        return new ErrorBody(
            new ErrorDetail(status.Status, error.Message, status.Type, error.Param, metadata), error.Message);
    }
}

public sealed record ErrorDetail(int Code, string Message, string Type, string? Param, ErrorMetadata Metadata);

/// <param name="Name">The gateway's own stable name for the error, as listed in docs/errors.md.</param>
/// <param name="LimitSource">What ran out of credits: <c>balance</c> or <c>key</c>. Absent in other errors.</param>
public sealed record ErrorMetadata(
    string ErrorType, string Name, string RequestId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? LimitSource = null)
{
    /// <summary>The provider that was asked last for the picture. Absent if none was asked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ProviderName { get; init; }

    /// <summary>
    /// The failures of the providers that were asked before, oldest first. Absent if there were none.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<PreviousError>? PreviousErrors { get; init; }
}
