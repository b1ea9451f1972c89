using System.Text.Json;
using System.Text.Json.Serialization;

namespace TryOn.Providers.OpenAI;

/// <summary>Either pictures or an error. Sizes, costs and times are left unread.</summary>
public sealed record OpenAIAnswer(IReadOnlyList<OpenAIPicture?>? Data, OpenAIError? Error)
{
    /// <summary>Null for anything that is not a JSON object of this form.</summary>
    public static OpenAIAnswer? Read(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, OpenAIJson.Default.OpenAIAnswer);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

public sealed record OpenAIPicture([property: JsonPropertyName("b64_json")] byte[]? Content);

public sealed record OpenAIError(string? Message, string? Type, string? Param, string? Code);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(OpenAIAnswer))]
public sealed partial class OpenAIJson : JsonSerializerContext;
