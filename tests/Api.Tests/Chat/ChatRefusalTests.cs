namespace TryOn.Api.Tests.Chat;

[Collection(Shared.Name)]
public sealed class ChatRefusalTests(SharedGateway gateway)
{
    public static TheoryData<string> Malformed => new(
        "", "{", "[]", "null", "{\"messages\": 7}",
        """{"model":"kling/kolors-v1-5","stream":"no"}""",
        """{"model":"kling/kolors-v1-5","messages":[null]}""",
        """{"model":"kling/kolors-v1-5","messages":[{"role":"user","content":[null]}]}""",
        """{"model":"kling/kolors-v1-5","messages":[{"role":"user","content":["text"]}]}""",
        """{"model":"kling/kolors-v1-5","messages":[{"role":"user","content":"\ud800"}]}""",
        """{"model":"kling/kolors-v1-5","messages":[{"role":"user","content":[{"type":"image_url","image_url":7}]}]}""",
        """{"model":"kling/kolors-v1-5","messages":[{"role":"user","content":[{"type":"image_url"}]}]}""");

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task Chat_ThatIsMalformed_IsRefused(string json)
    {
        var account = await gateway.Run.Open();
        var reply = await account.AssertUnchanged(() => account.Chat(Requests.Text(json)));
        Envelope.Check(reply, 400, "BadRequest", "invalid_request");
    }

    [Fact]
    public async Task Chat_WithNothingButWords_LacksThePerson()
    {
        var account = await gateway.Run.Open();
        var reply = await account.AssertUnchanged(() => account.Chat(Requests.Json(new
        {
            model = Requests.Kling,
            messages = new[] { new { role = "user", content = "put the garment on the person" } },
        })));
        Envelope.Check(reply, 400, "BadRequest", "invalid_request", "person_images");
    }

    /// <summary>Before the stream has begun, an error has its status code although a stream was requested.</summary>
    [Fact]
    public async Task Chat_RefusedBeforeItsStream_IsAPlainError()
    {
        var account = await gateway.Run.Open();
        var reply = await account.AssertUnchanged(() => account.Chat(Requests.Json(
            new { model = Requests.Kling, stream = true, messages = Array.Empty<object>() })));
        Envelope.Check(reply, 400, "BadRequest", "invalid_request", "person_images");
    }

    [Theory]
    [InlineData("""{"n": 5}""", 400, "n")]
    [InlineData("""{"n": 0}""", 400, "n")]
    [InlineData("""{"models": ["no/such"]}""", 404, "models")]
    [InlineData("""{"model": "no/such"}""", 404, "model")]
    [InlineData("""{"provider": {"only": ["gemini"]}}""", 400, "provider")]
    [InlineData("""{"provider": {"ignore": ["KLING", "fal"]}}""", 400, "provider")]
    [InlineData("""{"provider": {"order": ["gemini"], "allow_fallbacks": false}}""", 400, "provider")]
    [InlineData("""{"provider": {"max_price": {"request": "0.5"}}}""", 400, "provider")]
    [InlineData("""{"provider": {"only": ["nosuch"]}}""", 400, "provider")]
    [InlineData("""{"provider": {"max_price": {"request": 0}}}""", 400, "provider")]
    [InlineData("""{"tryon_roles": ["person", "garment", "garment"]}""", 400, "tryon_roles")]
    [InlineData("""{"tryon_roles": ["hat"]}""", 400, "messages")]
    [InlineData("""{"n": 4}""", 402, null)]
    public async Task Chat_WithAFieldThatCannotBe_NamesIt(string fields, int status, string? param)
    {
        var account = await gateway.Run.Open(credits: 3);
        var reply = await account.AssertUnchanged(
            () => account.Chat(Requests.Json(Requests.Chat(Requests.Kling).With(fields))));
        Assert.Equal(status, reply.Status);
        Envelope.Check(reply);
        Assert.Equal(param, reply.Json.GetProperty("error").GetProperty("param").GetString());
    }

    [Theory]
    [InlineData("""{"provider": {"only": "kling"}}""")]
    [InlineData("""{"models": "kling/kolors-v1-5"}""")]
    [InlineData("""{"n": "two"}""")]
    public async Task Chat_WithAFieldOfAnotherType_IsRefused(string fields)
    {
        var account = await gateway.Run.Open();
        var reply = await account.Chat(Requests.Json(Requests.Chat(Requests.Kling).With(fields)));
        Envelope.Check(reply, 400, "BadRequest", "invalid_request");
    }

    [Fact]
    public async Task Chat_WithAnUnknownRole_IsRefused()
    {
        var account = await gateway.Run.Open();
        var reply = await account.AssertUnchanged(() => account.Chat(Requests.Json(new
        {
            model = Requests.Kling,
            messages = new[]
            {
                new
                {
                    role = "user",
                    content = new[]
                    {
                        new { type = "image_url", image_url = new { url = "data:," }, tryon_role = "hat" },
                    },
                },
            },
        })));
        Envelope.Check(reply, 400, "BadRequest", "invalid_request", "messages");
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("text/plain")]
    [InlineData(null)]
    public async Task Chat_OfAnotherType_IsRefused(string? contentType)
    {
        var account = await gateway.Run.Open();
        var reply = await account.AssertUnchanged(() => account.Chat(Requests.Text("{}", contentType)));
        Envelope.Check(reply, 400, "BadRequest", "invalid_request");
    }

    [Fact]
    public async Task Chat_WithoutCredits_IsRefusedAsUnpaid()
    {
        var account = await gateway.Run.Open(credits: 0);
        var reply = await account.AssertUnchanged(() => account.Chat(Requests.Json(Requests.Chat(Requests.Gemini))));
        Envelope.Check(reply, 402, "OutOfCredits", "payment_required");
    }
}
