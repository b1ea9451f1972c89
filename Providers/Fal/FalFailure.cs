using System.Text.Json;

namespace TryOn.Providers.Fal;

/// <summary>
/// A failure, which arrives in one of three formats: a list of details that each have a type, a text with an error
/// type, or only a status. Free text is not read.
/// </summary>
public sealed record FalFailure(string? ErrorType, string? Status)
{
    /// <summary>Null for anything that is not a JSON object.</summary>
    public static FalFailure? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object ? FromJson(document.RootElement) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static FalFailure FromJson(JsonElement root)
    {
        var first = root.TryGetProperty("detail", out var detail) && detail.ValueKind == JsonValueKind.Array
            ? detail.EnumerateArray().FirstOrDefault()
            : default;
        return new FalFailure(Text(first, "type") ?? Text(root, "error_type"), Text(root, "status"));
    }

    private static string? Text(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value)
            && value.ValueKind == JsonValueKind.String
                ? value.GetString()
                : null;
}
