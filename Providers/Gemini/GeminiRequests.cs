using System.Net.Http.Headers;
using System.Text.Json;
using TryOn.Core.Providers;
using TryOn.Providers.Wire;

namespace TryOn.Providers.Gemini;

/// <summary>
/// The call as HTTP. The order of the parts is the one the default prompt speaks of. There is no fast mode upstream,
/// so the caller's wish for it is left out; the shape of the picture is left to the model, which follows its input.
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
        var question = new GeminiQuestion([new GeminiContent("user", parts)], new GeminiGeneration(["IMAGE"]));
        var json = JsonSerializer.SerializeToUtf8Bytes(question, GeminiJson.Default.GeminiQuestion);
        var body = new ByteArrayContent(json);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var request = new HttpRequestMessage(HttpMethod.Post, _generate) { Content = body };
        request.Headers.Add("x-goog-api-key", options.ApiKey);
        return request;
    }

    private static GeminiPart Part(InputPicture picture) =>
        new(InlineData: new GeminiBlob(MediaType.Of(picture.Format), picture.Content));
}
