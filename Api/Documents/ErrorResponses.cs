using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using TryOn.Api.Errors;
using TryOn.Core.Errors;

namespace TryOn.Api.Documents;

/// <summary>
/// The table of errors as the document's shared responses: one for each status, with an example of every error that has
/// it.
/// </summary>
public static class ErrorResponses
{
    public static IReadOnlyList<IGrouping<int, ErrorCode>> ByStatus { get; } =
    [
        .. Enum.GetValues<ErrorCode>().Where(code => code != ErrorCode.None)
            .GroupBy(code => ErrorStatus.ForCode(code).Status).OrderBy(group => group.Key),
    ];

    public static string Name(int status) => $"Error{status}";

    public static Dictionary<string, IOpenApiResponse> ForSchema(IOpenApiSchema schema) => ByStatus.ToDictionary(
        status => Name(status.Key), IOpenApiResponse (status) => Response(status, schema));

    /// <summary>The responses of a surface that has its own error format.</summary>
    public static IEnumerable<(string Status, OpenApiResponse Response)> ForSchema(
        ErrorFormat format, IOpenApiSchema schema, Func<ErrorCode, bool> included) =>
        from code in Enum.GetValues<ErrorCode>()
        where code != ErrorCode.None && included(code)
        group ErrorStatus.ForCode(code).Type by format.StatusOf(code) into names
        orderby names.Key
        select ($"{names.Key}", new OpenApiResponse
        {
            Description = string.Join(", ", names.Distinct()),
            Content = new Dictionary<string, OpenApiMediaType> { ["application/json"] = new() { Schema = schema } },
        });

    private static OpenApiResponse Response(IGrouping<int, ErrorCode> codes, IOpenApiSchema schema) => new()
    {
        Description = string.Join(", ", codes.Select(ErrorStatus.Name)),
        Content = new Dictionary<string, OpenApiMediaType>
        {
            ["application/json"] = new()
            {
                Schema = schema,
                Examples = codes.ToDictionary(
                    ErrorStatus.Name, IOpenApiExample (code) => new OpenApiExample { Value = Example(code) }),
            },
        },
    };

    private static JsonObject Example(ErrorCode code)
    {
        var status = ErrorStatus.ForCode(code);
        return new JsonObject
        {
            ["error"] = new JsonObject
            {
                ["code"] = status.Status,
                ["message"] = "A sentence for people.",
                ["type"] = status.Type,
                ["param"] = null,
                ["metadata"] = new JsonObject
                {
                    ["error_type"] = status.Kind,
                    ["name"] = ErrorStatus.Name(code),
                    ["request_id"] = "req_0f1e2d3c4b5a69788796a5b4",
                },
            },
            ["message"] = "A sentence for people.",
        };
    }
}
