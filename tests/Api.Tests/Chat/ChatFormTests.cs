namespace TryOn.Api.Tests.Chat;

[Collection(Shared.Name)]
public sealed class ChatFormTests(SharedGateway gateway)
{
    [Theory]
    [InlineData("{}", null, null, false)]
    [InlineData("""{"image_config": {"response_format": "b64", "aspect_ratio": "1:1"}}""", null, null, true)]
    [InlineData("""{"return_base64": true}""", null, null, true)]
    [InlineData("{}", "X-Tryon-Image-Format", "b64", true)]
    [InlineData("{}", "User-Agent", "ai-sdk/openrouter/2.10.0", true)]
    [InlineData("{}", "User-Agent", "ai/6.0.322 ai-sdk/provider-utils/4.0.23 runtime/node.js/v20.20.2", true)]
    [InlineData("""{"image_config": {"response_format": "url"}}""", "User-Agent", "ai-sdk/openrouter/2.10.0", false)]
    public async Task Picture_InARequestedForm_ComesInThatForm(
        string fields, string? header, string? value, bool inline)
    {
        var account = await gateway.Run.Open();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/chat/completions")
        {
            Content = Requests.Json(Requests.Chat(Requests.Gemini).With(fields)),
        };
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {account.Key}");
        if (header is not null)
            request.Headers.TryAddWithoutValidation(header, value);
        var url = Url(await gateway.Run.Send(request));
        Assert.StartsWith(inline ? "data:image/png;base64,iVBOR" : "http://127.0.0.1", url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Picture_AsADataUrl_IsTheOneAtTheAddress()
    {
        var account = await gateway.Run.Open();
        var chat = Requests.Chat(Requests.Gemini);
        var linked = Url(await account.Chat(Requests.Json(chat), "same"));
        var inline = Url(await account.Chat(Requests.Json(chat.With("""{"return_base64": true}""")), "same"));
        var stored = await gateway.Run.Send(HttpMethod.Get, linked, bearer: null);
        Assert.Equal(TestPictures.Url(stored.Body), inline);
    }

    private static string Url(Reply reply) => reply.Json
        .List("choices")[0].GetProperty("message").List("images")[0].GetProperty("image_url").Text("url");
}
