using System.Text.Json;

namespace TryOn.Api.Tests.Images;

[Collection(Shared.Name)]
public sealed class ImageEndpointTests(SharedGateway gateway)
{
    private static readonly string Person = TestPictures.Url(TestPictures.Person);
    private static readonly string Garment = TestPictures.Url(TestPictures.Garment);

    public static TheoryData<string, string> Bodies => new()
    {
        { "/api/v1/images", $$"""{ "input_references": [ {{Reference(Person)}}, {{Reference(Garment)}} ] }""" },
        { "/api/v1/images/edits",
            $$"""{ "images": [ { "image_url": "{{Person}}" }, { "image_url": "{{Garment}}" } ] }""" },
        { "/v1/images/generations", $$"""{ "image": [ "{{Person}}", "{{Garment}}" ] }""" },
        { "/api/v1/images",
            $$"""{ "image": [ "{{Garment}}", "{{Person}}" ], "tryon_roles": ["garment", "person"] }""" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Images_InAnyJsonForm_AreOnePictureForOneCredit(string path, string body)
    {
        var account = await gateway.Run.Open(credits: 3);
        var reply = await account.Post(
            path, Requests.Json(new { model = Requests.Gemini, prompt = "a coat" }.With(body)));
        Assert.Equal(200, reply.Status);
        var datum = Assert.Single(reply.Json.List("data"));
        Assert.Equal("image/png", datum.Text("media_type"));
        Assert.StartsWith("iVBOR", datum.Text("b64_json"), StringComparison.Ordinal);
        Assert.Equal(1, reply.Json.GetProperty("usage").Number("cost"));
        Assert.StartsWith("job_", reply.Header("X-Generation-Id"), StringComparison.Ordinal);
        Assert.Equal(2, (await account.WaitUntilSettled()).Number("available"));
    }

    [Theory]
    [InlineData("image")]
    [InlineData("image[]")]
    public async Task Images_AsAForm_AreTheJobThatChatMakes(string field)
    {
        var account = await gateway.Run.Open();
        var form = Requests.Form(
            Requests.Gemini, (field, TestPictures.Person), (field, TestPictures.Garment), ("prompt", "a coat"));
        var edited = await account.Post("/api/v1/images/edits", form, "one");
        var chat = await account.Chat(Requests.Json(Requests.Chat(Requests.Gemini, "a coat")), "one");
        Assert.Equal((200, 200), (edited.Status, chat.Status));
        Assert.Equal(chat.Header("X-Generation-Id"), edited.Header("X-Generation-Id"));
    }

    /// <summary>A list has the order of its indices, whichever way its fields were sent.</summary>
    [Theory]
    [InlineData("image[1]", "image[0]")]
    [InlineData("image[10]", "image[2]")]
    [InlineData("images[1]", "image[0]")]
    [InlineData("image[0]", "image[]")]
    public async Task Images_WithAnIndex_AreInItsOrder(string garment, string person)
    {
        var account = await gateway.Run.Open();
        var plain = await account.Chat(Requests.Json(Requests.Chat(Requests.Gemini, "a coat")), "order");
        var form = Requests.Form(
            Requests.Gemini, (garment, TestPictures.Garment), (person, TestPictures.Person), ("prompt", "a coat"));
        var reply = await account.Post("/api/v1/images/edits", form, "order");
        Assert.True(reply.Status == 200, reply.Text);
        Assert.Equal(plain.Header("X-Generation-Id"), reply.Header("X-Generation-Id"));
    }

    /// <summary>An address and then a file: whoever was sent first is the person.</summary>
    [Fact]
    public async Task Images_OfSeveralKinds_AreInTheOrderOfTheForm()
    {
        var account = await gateway.Run.Open();
        var plain = await account.Chat(Requests.Json(Requests.Chat(Requests.Gemini, "a coat")), "kinds");
        var form = Requests.Form(
            Requests.Gemini, ("image", Person), ("image", TestPictures.Garment), ("prompt", "a coat"));
        var reply = await account.Post("/api/v1/images/edits", form, "kinds");
        Assert.Equal(plain.Header("X-Generation-Id"), reply.Header("X-Generation-Id"));
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("True", true)]
    [InlineData("1", true)]
    [InlineData("yes", true)]
    [InlineData("on", true)]
    [InlineData("False", false)]
    [InlineData("0", false)]
    [InlineData("no", false)]
    [InlineData("off", false)]
    [InlineData("", false)]
    public async Task Form_AskedToStream_StreamsInAnyWord(string word, bool streams)
    {
        var account = await gateway.Run.Open();
        var reply = await account.Post("/api/v1/images/edits", Requests.Form(
            Requests.Gemini, ("image", TestPictures.Person), ("image", TestPictures.Garment), ("stream", word)));
        Assert.StartsWith(
            streams ? "text/event-stream" : "application/json", reply.Header("Content-Type"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Form_AskedToStreamInNoWord_IsRefused()
    {
        var account = await gateway.Run.Open();
        var reply = await account.AssertUnchanged(() => account.Post("/api/v1/images/edits", Requests.Form(
            Requests.Gemini, ("image", TestPictures.Person), ("image", TestPictures.Garment), ("stream", "maybe"))));
        Envelope.Check(reply, 400, "BadRequest", "invalid_request", "stream");
    }

    [Fact]
    public async Task Images_AskedForAsUrl_AreAddresses()
    {
        var account = await gateway.Run.Open();
        var body = new { model = Requests.Gemini, image = new[] { Person, Garment }, response_format = "url", n = 2 };
        var data = (await account.Post("/api/v1/images", Requests.Json(body))).Json.List("data");
        Assert.Equal(2, data.Count);
        var picture = await gateway.Run.Send(HttpMethod.Get, data[1].Text("url"), bearer: null);
        Assert.Equal((200, "image/png"), (picture.Status, picture.Header("Content-Type")));
        Assert.False(data[0].TryGetProperty("b64_json", out _));
    }

    [Theory]
    [InlineData("/api/v1/images", "image_generation.completed")]
    [InlineData("/api/v1/images/edits", "image_edit.completed")]
    public async Task Images_Streamed_EndWithThePicture(string path, string word)
    {
        var account = await gateway.Run.Open();
        var body = new { model = Requests.Gemini, image = new[] { Person, Garment }, stream = true };
        var reply = await account.Post(path, Requests.Json(body));
        var lines = reply.Text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Where(frame => frame[0] != ':')
            .ToList();
        Assert.Equal(2, lines.Count);
        Assert.StartsWith($"event: {word}\ndata: ", lines[0], StringComparison.Ordinal);
        var completed = JsonSerializer.Deserialize<JsonElement>(
            lines[0][(lines[0].IndexOf("data: ", StringComparison.Ordinal) + 6)..]);
        Assert.Equal(word, completed.Text("type"));
        Assert.StartsWith("iVBOR", completed.Text("b64_json"), StringComparison.Ordinal);
        Assert.Equal("data: [DONE]", lines[1]);
    }

    [Theory]
    [InlineData("""{"prompt": "a dog"}""", "person_images")]
    [InlineData("""{"image": "data:,"}""", "garment_images")]
    [InlineData("""{"image": ["x", "y"], "mask": "z"}""", "mask")]
    [InlineData("""{"image": ["x", "y"], "n": 9}""", "n")]
    [InlineData("""{"image": ["x"], "tryon_roles": ["person", "person"]}""", "tryon_roles")]
    [InlineData("""{"input_references": [7, {"image_url": {}}]}""", "input_references")]
    public async Task Images_ThatCannotBe_AreRefused(string body, string param)
    {
        var account = await gateway.Run.Open();
        var reply = await account.AssertUnchanged(
            () => account.Post("/api/v1/images", Requests.Json(new { model = Requests.Kling }.With(body))));
        Envelope.Check(reply, 400, "BadRequest", "invalid_request", param);
    }

    public static TheoryData<string, string> Halves => new()
    {
        { "/api/v1/images", """{"input_references": ["\ud800"]}""" },
        { "/api/v1/images", """{"images": ["\ud800"]}""" },
        { "/api/v1/images", """{"image": "\ud800"}""" },
        { "/api/v1/images/edits", """{"mask": "\uDC00"}""" },
        { "/api/v1/images/edits", """{"images": [{"image_url": {"url": "\ud800"}}]}""" },
        { "/v1/images/generations", """{"images": [{"\ud800": 1}]}""" },
        { "/v1/images/generations", """{"mask": {"\ud800": 1}}""" },
    };

    /// <summary>Half of a surrogate pair, which is no valid text. The body is sent as it is written here.</summary>
    [Theory]
    [MemberData(nameof(Halves))]
    public async Task Images_WithHalfACharacter_AreRefused(string path, string fields)
    {
        var account = await gateway.Run.Open();
        var body = $$"""{"model": "openai/gpt-image-1", {{fields[1..]}}""";
        Envelope.Check(
            await account.AssertUnchanged(() => account.Post(path, Requests.Text(body))), 400, "BadRequest",
            "invalid_request");
    }

    [Fact]
    public async Task Form_WithTwoMasks_IsRefused()
    {
        var account = await gateway.Run.Open();
        var form = Requests.Form(
            "openai/gpt-image-1", ("image", TestPictures.Person), ("image", TestPictures.Garment), ("prompt", "a coat"),
            ("mask", TestPictures.Person), ("mask", TestPictures.Person));
        var reply = await account.AssertUnchanged(() => account.Post("/api/v1/images/edits", form));
        Envelope.Check(reply, 400, "BadRequest", "invalid_request", "mask");
    }

    [Theory]
    [InlineData("models", $"""["{Requests.Gemini}"]""", 200, null)]
    [InlineData("models", "[7]", 400, "models")]
    [InlineData("provider", """{"only": ["kling"]}""", 200, null)]
    [InlineData("provider", """{"only": ["gemini"]}""", 400, "provider")]
    [InlineData("provider", "kling", 400, "provider")]
    [InlineData("provider", "", 200, null)]
    public async Task Form_WithRoutingAsJson_IsRoutedByIt(string name, string json, int status, string? param)
    {
        var account = await gateway.Run.Open();
        var form = Requests.Form(
            Requests.Kling, ("image", TestPictures.Person), ("image", TestPictures.Garment), (name, json));
        var reply = await account.Post("/api/v1/images/edits", form);
        Assert.True(reply.Status == status, reply.Text);
        if (param is not null)
            Envelope.Check(reply, 400, "BadRequest", "invalid_request", param);
        await account.WaitUntilSettled();
    }

    private static string Reference(string url) => $$"""{ "type": "image_url", "image_url": { "url": "{{url}}" } }""";
}
