using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using TryOn.Api.Errors;
using TryOn.Core.Errors;

namespace TryOn.Api.Documents;

/// <summary>The table of errors as the document's shared responses: one for each status, an example of every name in it.</summary>
public static class ErrorResponses
{
    public static IReadOnlyList<IGrouping<int, ErrorCode>> ByStatus { get; } =
    [
        .. Enum.GetValues<ErrorCode>().Where(code => code != ErrorCode.None)
            .GroupBy(code => ErrorStatus.Of(code).Status).OrderBy(group => group.Key),
    ];

    public static string Name(int status) => $"Error{status}";

    public static Dictionary<string, IOpenApiResponse> Of(IOpenApiSchema schema) => ByStatus.ToDictionary(
        status => Name(status.Key), IOpenApiResponse (status) => Response(status, schema));

    /// <summary>Of a surface that tells errors in a form of its own.</summary>
    public static IEnumerable<(string Status, OpenApiResponse Response)> Of(
        ErrorForm form, IOpenApiSchema schema, Func<ErrorCode, bool> met) =>
        from code in Enum.GetValues<ErrorCode>()
        where code != ErrorCode.None && met(code)
        group ErrorStatus.Of(code).Type by form.StatusOf(code) into names
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
        var status = ErrorStatus.Of(code);
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
