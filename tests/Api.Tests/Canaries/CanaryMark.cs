using System.Text.Json;
using System.Text.Json.Nodes;

namespace TryOn.Api.Tests.Canaries;

/// <summary>Appends a word to every text of a JSON document, except texts that the adapter interprets.</summary>
internal sealed class CanaryMark(string word)
{
    /// <summary>Fields with enumerated values, with ids of the gateway's own, or with pictures.</summary>
    private static readonly string[] LeftAlone =
    [
        "status", "task_status", "finishReason", "blockReason", "type", "error_type", "code", "param", "reason", "name",
        "error",
        "retryDelay", "quotaId", "mimeType", "content_type", "data", "b64_json", "external_task_id",
        "final_unit_deduction", "role",
    ];

    public string On(byte[] json)
    {
        var marked = On("", JsonNode.Parse(json));
        if (marked is JsonObject root)
            root["said_by"] = word;
        return marked?.ToJsonString() ?? "null";
    }

    private JsonNode? On(string name, JsonNode? node) => node switch
    {
        JsonObject fields =>
            new JsonObject(fields.Select(field => KeyValuePair.Create(field.Key, On(field.Key, field.Value)))),
        JsonArray items => new JsonArray([.. items.Select(item => On(name, item))]),
        JsonValue text when text.GetValueKind() == JsonValueKind.String && !LeftAlone.Contains(name) =>
            JsonValue.Create(On(text.GetValue<string>())),
        _ => node?.DeepClone(),
    };

    /// <summary>An address keeps its host, so that the next request comes to this upstream.</summary>
    private string On(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttp
        ? $"http://{address.Authority}/{word}{address.PathAndQuery}"
        : text + word;
}
