using System.Text.Json.Serialization;

namespace TryOn.Api.Errors;

/// <summary>
/// One body that OpenAI, OpenRouter and TryItOn clients all parse: <c>code</c> must be a whole number and <c>type</c> a
/// string for the first two, and the third reads the outer <c>message</c>.
/// </summary>
public sealed record ErrorBody(ErrorDetail Error, string Message);

public sealed record ErrorDetail(int Code, string Message, string Type, string? Param, ErrorMetadata Metadata);

/// <param name="Name">Our own stable name for the error, as docs/errors.md lists it.</param>
/// <param name="LimitSource">What ran out of credits: the <c>balance</c> or the <c>key</c>. Absent in other errors.</param>
public sealed record ErrorMetadata(
    string ErrorType, string Name, string RequestId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? LimitSource = null);
