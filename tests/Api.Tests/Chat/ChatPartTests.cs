namespace TryOn.Api.Tests.Chat;

/// <summary>The forms in which the common clients put a picture into a chat.</summary>
[Collection(Shared.Name)]
public sealed class ChatPartTests(SharedGateway gateway)
{
    private static readonly string Base64 = Convert.ToBase64String(TestPictures.Person);
    private static readonly string Url = TestPictures.Url(TestPictures.Person);
    private static readonly string Person = ImageUrl(Url);
    private static readonly string Garment = ImageUrl(TestPictures.Url(TestPictures.Garment));

    public static TheoryData<string> Persons => new(
        """{"type": "image_url", "image_url": "$url"}""",
        """{"type": "image_url", "image_url": {"url": "$url", "detail": "high"}}""",
        """{"image_url": {"url": "$url"}}""",
        """{"type": "input_image", "image_url": "$url"}""",
        """{"type": "input_image", "image_url": {"url": "$url"}}""",
        """{"type": "file", "file": {"filename": "me.png", "file_data": "$url"}}""",
        """{"type": "file", "file": {"filename": "me.png", "file_data": "$base64"}}""",
        """{"type": "input_file", "filename": "me.png", "file_data": "$url"}""",
        """{"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": "$base64"}}""",
        """{"type": "image", "source": {"type": "url", "url": "$url"}}""",
        """{"type": "image", "source_type": "base64", "data": "$base64", "mime_type": "image/png"}""",
        """{"type": "image", "source_type": "url", "url": "$url"}""",
        """{"type": "image", "base64": "$base64", "mime_type": "image/png"}""",
        """{"type": "image", "url": "$url", "base64": null}""",
        """{"type": "image", "image": "$base64", "mediaType": "image/png"}""",
        """{"type": "file", "data": "$base64", "mediaType": "image/png"}""");

    [Theory]
    [MemberData(nameof(Persons))]
    public async Task Picture_InAnyClientsForm_IsThePerson(string person)
    {
        var account = await gateway.Run.Open();
        var plain = await account.Chat(Body(Person, Garment), "parts");
        var written = person.Replace("$url", Url, StringComparison.Ordinal)
            .Replace("$base64", Base64, StringComparison.Ordinal);
        var said = await account.Chat(Body(written, Garment), "parts");
        Assert.True(said.Status == 200, said.Text);
        Assert.Equal(plain.Json.Text("id"), said.Json.Text("id"));
    }

    [Theory]
    [InlineData("text")]
    [InlineData("input_text")]
    public async Task Words_InAnyClientsForm_AreThePrompt(string type)
    {
        var account = await gateway.Run.Open();
        var plain = await account.Chat(Body("""{"type": "text", "text": "a coat"}""", Person, Garment), "words");
        var said = await account.Chat(Body($$"""{"type": "{{type}}", "text": "a coat"}""", Person, Garment), "words");
        Assert.Equal((200, plain.Json.Text("id")), (said.Status, said.Json.Text("id")));
    }

    [Theory]
    [InlineData("""{"type": "input_audio", "input_audio": {"data": "AAAA", "format": "wav"}}""", "input_audio")]
    [InlineData("""{"type": "video_url", "video_url": {"url": "https://shop.test/a.mp4"}}""", "video_url")]
    [InlineData("""{"type": "document", "source": {"type": "base64", "data": "AAAA"}}""", "document")]
    [InlineData("""{"type": "tool_result", "content": []}""", "tool_result")]
    [InlineData("""{"type": "hologram"}""", "hologram")]
    [InlineData("""{"type": "file", "file": {"file_id": "file-1"}}""", "file")]
    [InlineData("""{"type": "input_image", "file_id": "file-1"}""", "input_image")]
    [InlineData("""{"type": "image", "source": {"type": "file", "file_id": "file_1"}}""", "image")]
    [InlineData("""{"type": "image_url"}""", "image_url")]
    [InlineData("""{"type": 7}""", "type")]
    [InlineData("{}", "type")]
    [InlineData("null", "parts")]
    public async Task Part_ThatCannotBeRead_IsRefusedByItsType(string part, string named)
    {
        var account = await gateway.Run.Open();
        var reply = await account.AssertUnchanged(() => account.Chat(Body(part, Person, Garment)));
        Envelope.Check(reply, 400, "BadRequest", "invalid_request", "messages");
        Assert.Contains(named, reply.Json.Text("message"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        """{"type": "file", "file": {"filename": "a.pdf", "file_data": "data:application/pdf;base64,JVBERi0xLjQ="}}""")]
    [InlineData("""{"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": "AAAA"}}""")]
    public async Task File_ThatIsNoPicture_IsRefused(string part)
    {
        var account = await gateway.Run.Open();
        var reply = await account.AssertUnchanged(() => account.Chat(Body(part, Garment)));
        Assert.Equal(400, reply.Status);
        Envelope.Check(reply);
    }

    private static string ImageUrl(string url) => $$"""{"type": "image_url", "image_url": {"url": "{{url}}"} }""";

    private static HttpContent Body(params string[] parts) => Requests.Text(
        $$"""{"model": "{{Requests.Gemini}}", "messages": [{"role": "user", "content": [{{string.Join(", ", parts)}}]}]}""");
}
