using System.Text;
using System.Text.Json.Nodes;

namespace TryOn.Sandbox.Tests.Gemini;

/// <summary>Requests as a Gemini client sends them.</summary>
public static class GeminiRequests
{
    public const string Model = "gemini-2.5-flash-image";

    public static JsonObject Body() => new()
    {
        ["contents"] = new JsonArray(new JsonObject
        {
            ["role"] = "user",
            ["parts"] = new JsonArray(
                new JsonObject { ["text"] = "Image 1 is the person, image 2 the garment." },
                Image("image/png", Samples.Person), Image("image/png", Samples.Garment)),
        }),
        ["generationConfig"] = new JsonObject { ["responseModalities"] = new JsonArray("IMAGE") },
    };

    public static JsonArray Parts(JsonObject body) => body["contents"]![0]!["parts"]!.AsArray();

    public static JsonObject Image(string mimeType, byte[] file) =>
        new() { ["inlineData"] = new JsonObject { ["mimeType"] = mimeType, ["data"] = Samples.Base64(file) } };

    public static HttpRequestMessage Request(string body, string model = Model, string? key = "sandbox-gemini-key")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/v1beta/models/{model}:generateContent")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        if (key is not null)
            request.Headers.Add("x-goog-api-key", key);
        return request;
    }

    public static Task<Reply> Generate(this SandboxRun sandbox, JsonObject body, string model = Model) =>
        sandbox.Send(Request(body.ToJsonString(), model));
}
