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
        var reply = await account.Untouched(() => account.Chat(Requests.Text(json)));
        Envelope.Check(reply, 400, "BadRequest", "invalid_request");
    }

    [Fact]
    public async Task Chat_WithNothingButWords_LacksThePerson()
    {
        var account = await gateway.Run.Open();
        var reply = await account.Untouched(() => account.Chat(Requests.Json(new
        {
            model = Requests.Kling,
            messages = new[] { new { role = "user", content = "put the garment on the person" } },
        })));
        Envelope.Check(reply, 400, "BadRequest", "invalid_request", "person_images");
    }

    [Fact]
    public async Task Chat_ThatWantsAStream_IsToldThereIsNone()
    {
        var account = await gateway.Run.Open();
        var reply = await account.Untouched(() => account.Chat(Requests.Json(
            new { model = Requests.Kling, stream = true, messages = Array.Empty<object>() })));
        Envelope.Check(reply, 400, "BadRequest", "invalid_request", "stream");
    }

    [Fact]
    public async Task Chat_WithAnUnknownRole_IsRefused()
    {
        var account = await gateway.Run.Open();
        var reply = await account.Untouched(() => account.Chat(Requests.Json(new
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
        var reply = await account.Untouched(() => account.Chat(Requests.Text("{}", contentType)));
        Envelope.Check(reply, 400, "BadRequest", "invalid_request");
    }

    [Fact]
    public async Task Chat_WithoutCredits_IsRefusedAsUnpaid()
    {
        var account = await gateway.Run.Open(credits: 0);
        var reply = await account.Untouched(() => account.Chat(Requests.Json(Requests.Chat(Requests.Gemini))));
        Envelope.Check(reply, 402, "OutOfCredits", "payment_required");
    }
}
