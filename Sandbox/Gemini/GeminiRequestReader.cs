using System.Text.Json;
using TryOn.Sandbox.Faults;
using TryOn.Sandbox.Wire;

namespace TryOn.Sandbox.Gemini;

/// <summary>Validates a request against the published table of fields; unknown fields are rejected.</summary>
public static class GeminiRequestReader
{
    public const int BodyBytesMax = 20 * 1024 * 1024;

    /// <summary>Returns the message of the first error, or null and the request.</summary>
    public static string? Read(Submission submission, GeminiModel model, out GeminiRequest? request)
    {
        request = null;
        if (submission.Body is not { } body)
            return $"Request payload size exceeds the limit: {BodyBytesMax} bytes.";
        if (!submission.IsJson)
            return "Content-Type must be application/json.";
        using var document = SandboxJson.ParseObject(body);
        return document is null
            ? "Invalid JSON payload received."
            : ReadFields(document.RootElement, model, out request);
    }

    private static string? ReadFields(JsonElement root, GeminiModel model, out GeminiRequest? request)
    {
        request = null;
        var content = new GeminiContentReader();
        var flaw = GeminiFields.Members(root, "request", "contents", "generationConfig", "safetySettings")
            ?? GeminiConfigReader.Check(root, model)
            ?? content.Read(root);
        if (flaw is not null)
            return flaw;
        request = new GeminiRequest(
            model, content.Pictures, content.TextLength,
            GeminiConfigReader.Wants(root, "TEXT"), GeminiConfigReader.Wants(root, "IMAGE"));
        return null;
    }
}
