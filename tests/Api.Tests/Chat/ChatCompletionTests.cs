using System.Text.Json;

namespace TryOn.Api.Tests.Chat;

[Collection(Shared.Name)]
public sealed class ChatCompletionTests(SharedGateway gateway)
{
    private static readonly string Person = TestPictures.Url(TestPictures.Person);
    private static readonly string Garment = TestPictures.Url(TestPictures.Garment);

    /// <summary>The request in the specification, with pictures in place of its dots.</summary>
    private static readonly string Specified = $$"""
        { "model": "kling/kolors-v1-5", "modalities": ["image"], "stream": false, "messages": [ { "role": "user",
          "content": [ { "type": "text", "text": "put the garment on the person" },
            { "type": "image_url", "image_url": { "url": "{{Person}}" }, "tryon_role": "person" },
            { "type": "image_url", "image_url": { "url": "{{Garment}}" }, "tryon_role": "garment" } ]} ] }
        """;

    [Fact]
    public async Task Chat_AsSpecified_HasAPictureWhereClientsLook()
    {
        var account = await gateway.Run.Open();
        var reply = await account.Chat(Requests.Text(Specified));
        Assert.Equal(200, reply.Status);
        var url = reply.Json.List("choices")[0].GetProperty("message").List("images")[0].GetProperty("image_url")
            .Text("url");
        var picture = await gateway.Run.Send(HttpMethod.Get, url, bearer: null);
        Assert.Equal((200, "image/png"), (picture.Status, picture.Header("Content-Type")));
    }

    [Fact]
    public async Task Chat_Answer_HasWhatStrictClientsInsistOn()
    {
        var account = await gateway.Run.Open();
        var reply = await account.Chat(Requests.Text(Specified));
        var chat = reply.Json;
        Assert.Equal(("chat.completion", Requests.Kling), (chat.Text("object"), chat.Text("model")));
        Assert.True(chat.GetProperty("created").TryGetInt64(out _));
        Assert.Equal(JsonValueKind.Null, chat.GetProperty("system_fingerprint").ValueKind);
        Assert.Equal(chat.Text("id"), reply.Header("X-Generation-Id"));
        CheckChoice(Assert.Single(chat.List("choices")));
        var usage = chat.GetProperty("usage");
        Assert.All(
            (string[])["prompt_tokens", "completion_tokens", "total_tokens"],
            name => Assert.Equal(0, usage.Number(name)));
        Assert.Equal(1, usage.Number("cost"));
    }

    [Theory]
    [InlineData(Requests.Kling)]
    [InlineData(Requests.Gemini)]
    public async Task Chat_ThatSucceeds_CostsOneCredit(string model)
    {
        var account = await gateway.Run.Open(credits: 3);
        Assert.Equal(200, (await account.Chat(Requests.Json(Requests.Chat(model)))).Status);
        Assert.Equal(2, (await account.WaitUntilSettled()).Number("available"));
        Assert.Equal("grant reserve capture", await account.StatementKinds());
    }

    [Fact]
    public async Task Chat_WithRolesInReverse_IsTheSameAsInOrder()
    {
        var account = await gateway.Run.Open();
        var reverse = Chat($$"""
            [ { "type": "image_url", "image_url": { "url": "{{Garment}}" }, "tryon_role": "garment" },
              { "type": "image_url", "image_url": { "url": "{{Person}}" }, "tryon_role": "person" } ]
            """);
        var order = Chat($$"""
            [ { "type": "image_url", "image_url": { "url": "{{Person}}" } },
              { "type": "image_url", "image_url": { "url": "{{Garment}}" } } ]
            """);
        var first = await account.Chat(Requests.Text(reverse), "roles");
        var second = await account.Chat(Requests.Text(order), "roles");
        Assert.Equal((200, 200), (first.Status, second.Status));
        Assert.Equal(first.Json.Text("id"), second.Json.Text("id"));
    }

    [Fact]
    public async Task Chat_WithUnknownFields_IgnoresThem()
    {
        var account = await gateway.Run.Open();
        var json = Specified.Replace(
            "\"stream\": false",
            """
            "stream": null, "temperature": 0.2, "image_config": {"aspect_ratio": "1:1"}, "n": 1, "tools": [], "user": "u",
            "provider": {"order": ["x"]}, "max_tokens": 1
            """,
            StringComparison.Ordinal);
        Assert.Equal(200, (await account.Chat(Requests.Text(json))).Status);
    }

    [Theory]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/json;charset=utf8")]
    public async Task Chat_WithACharset_IsAccepted(string contentType)
    {
        var account = await gateway.Run.Open();
        Assert.Equal(200, (await account.Chat(Requests.Text(Specified, contentType))).Status);
    }

    [Fact]
    public async Task Chat_WithWordsInAnotherMessage_TakesBoth()
    {
        var account = await gateway.Run.Open();
        var json = $$"""
            { "model": "{{Requests.Gemini}}", "messages": [
              { "role": "system", "content": "You are a tailor." },
              { "role": "user", "content": "a coat" },
              { "role": "assistant", "content": null },
              { "role": "user", "content": [
                { "type": "image_url", "image_url": { "url": "{{Person}}" } },
                { "type": "image_url", "image_url": { "url": "{{Garment}}" } } ] } ] }
            """;
        var chat = await account.Chat(Requests.Text(json), "words");
        var form = await account.TryOn(Requests.Good(Requests.Gemini, ("prompt", "a coat")), "words");
        Assert.Equal((200, chat.Json.Text("id")), (form.Status, form.Json.Text("id")));
    }

    private static string Chat(string content) =>
        $$"""{ "model": "{{Requests.Gemini}}", "messages": [ { "role": "user", "content": {{content}} } ] }""";

    private static void CheckChoice(JsonElement choice)
    {
        Assert.Equal((0, "stop"), (choice.Number("index"), choice.Text("finish_reason")));
        var message = choice.GetProperty("message");
        Assert.Equal(("assistant", ""), (message.Text("role"), message.Text("content")));
        var image = Assert.Single(message.List("images"));
        Assert.Equal(("image_url", 0), (image.Text("type"), image.Number("index")));
    }
}
