using System.Net.Http.Headers;
using System.Text.Json;
using TryOn.Core.Images;
using TryOn.Core.Providers;
using TryOn.Providers.Wire;

namespace TryOn.Providers.Gemini;

/// <summary>
/// Builds the HTTP request. The parts are in the order that the default prompt refers to. The upstream has no fast
/// mode, so the caller's option is ignored; the picture's aspect ratio is left to the model, which follows its input.
/// </summary>
public sealed class GeminiRequests(GeminiOptions options)
{
    private readonly string _generate =
        $"{options.BaseUrl.TrimEnd('/')}/v1beta/models/{Uri.EscapeDataString(options.ModelId)}:generateContent";

    public HttpRequestMessage Generate(ProviderCall call)
    {
        var prompt = string.IsNullOrWhiteSpace(call.Prompt) ? options.DefaultPrompt : call.Prompt;
        GeminiPart[] parts =
            [new GeminiPart(prompt), .. call.Persons.Select(Part), .. call.Garments.Select(Part)];
        var content = new GeminiGenerateRequest([new GeminiContent("user", parts)], new GeminiGeneration(["IMAGE"]));
        var json = JsonSerializer.SerializeToUtf8Bytes(content, GeminiJson.Default.GeminiGenerateRequest);
        var body = new ByteArrayContent(json);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var request = new HttpRequestMessage(HttpMethod.Post, _generate) { Content = body };
        request.Headers.Add("x-goog-api-key", options.ApiKey);
        return request;
    }

    private static GeminiPart Part(InputPicture picture) =>
        new(InlineData: new GeminiBlob(picture.Format.ContentType(), picture.Content));
}
