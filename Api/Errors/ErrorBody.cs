using System.Text.Json.Serialization;
using TryOn.Core.Errors;
using TryOn.Core.Models;

namespace TryOn.Api.Errors;

/// <summary>
/// One body that OpenAI, OpenRouter and TryItOn clients all parse: <c>code</c> must be a whole number and <c>type</c> a
/// string for the first two, and the third reads the outer <c>message</c>.
/// </summary>
public sealed record ErrorBody(ErrorDetail Error, string Message)
{
    public static ErrorBody Of(Error error, HttpContext context)
    {
        var status = ErrorStatus.Of(error.Code);
        var metadata = new ErrorMetadata(status.Kind, ErrorStatus.Name(error.Code), context.TraceIdentifier, error.LimitSource)
        {
            ProviderName = error.Failure is { } failure ? Catalog.NameOf(failure.Provider) : null,
            PreviousErrors = error.Failure?.Before is null ? null : [.. error.Failure.Earlier().Select(PreviousError.Of)],
        };
        return new ErrorBody(new ErrorDetail(status.Status, error.Message, status.Type, error.Param, metadata), error.Message);
    }
}

public sealed record ErrorDetail(int Code, string Message, string Type, string? Param, ErrorMetadata Metadata);

/// <param name="Name">Our own stable name for the error, as docs/errors.md lists it.</param>
/// <param name="LimitSource">What ran out of credits: the <c>balance</c> or the <c>key</c>. Absent in other errors.</param>
public sealed record ErrorMetadata(
    string ErrorType, string Name, string RequestId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? LimitSource = null)
{
    /// <summary>Who was asked last for the picture. Absent where nobody was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ProviderName { get; init; }

    /// <summary>What those came to that were asked before, oldest first. Absent where nobody was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<PreviousError>? PreviousErrors { get; init; }
}

/// <summary>OpenRouter's form of a fallback's failure, in our own words throughout.</summary>
/// <param name="Code">The error's stable name.</param>
public sealed record PreviousError(string Provider, string Code, int Status)
{
    public static PreviousError Of(ProviderFailure failure) => new(
        Catalog.NameOf(failure.Provider), ErrorStatus.Name(failure.Code), ErrorStatus.Of(failure.Code).Status);
}
