namespace TryOn.Api.Tests.Jobs;

[Collection(Shared.Name)]
public sealed class TryOnBodyTests(SharedGateway gateway)
{
    private static readonly string Person = TestPictures.Url(TestPictures.Person);
    private static readonly string Garment = TestPictures.Url(TestPictures.Garment);

    public static TheoryData<string> WrongTypes => new(
        """{"model":7,"person_images":["x"],"garment_images":["x"]}""",
        """{"model":"kling/kolors-v1-5","person_images":7,"garment_images":["x"]}""",
        """{"model":"kling/kolors-v1-5","person_images":[7],"garment_images":["x"]}""",
        """{"model":"kling/kolors-v1-5","person_images":{"url":"x"},"garment_images":["x"]}""",
        """{"model":"kling/kolors-v1-5","person_images":[["x"]],"garment_images":["x"]}""",
        """{"model":"kling/kolors-v1-5","person_images":["x"],"garment_images":["x"],"fast_mode":"yes"}""",
        """{"model":"kling/kolors-v1-5","person_images":["x"],"garment_images":["x"],"prompt":{}}""",
        """{"model":"kling/kolors-v1-5","person_images":[null],"garment_images":[null]}""",
        """{"model":"kling/kolors-v1-5","person_images":[""],"garment_images":[""]}""",
        """{"model":"\ud800","person_images":["x"],"garment_images":["x"]}""",
        """["model"]""", "null", "7", "\"model\"");

    [Fact]
    public async Task Body_WithLists_IsAccepted()
    {
        var account = await gateway.Run.Open();
        var reply = await account.TryOn(Requests.Json(
            new { model = Requests.Gemini, person_images = new[] { Person },
                garment_images = new[] { Garment, Garment } }));
        Assert.Equal((200, "succeeded"), (reply.Status, reply.Json.Text("status")));
    }

    [Fact]
    public async Task Body_WithSingleTexts_IsAccepted()
    {
        var account = await gateway.Run.Open();
        var reply = await account.TryOn(Requests.Json(
            new { model = Requests.Gemini, person_images = Person, garment_images = Garment }));
        Assert.Equal((200, "succeeded"), (reply.Status, reply.Json.Text("status")));
    }

    [Fact]
    public async Task Body_WithSingularNames_IsAccepted()
    {
        var account = await gateway.Run.Open();
        var reply = await account.TryOn(Requests.Json(
            new { model = Requests.Gemini, person_image = Person, garment_image = Garment, unknown = new { a = 1 } }));
        Assert.Equal((200, "succeeded"), (reply.Status, reply.Json.Text("status")));
    }

    [Theory]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/json; charset=\"UTF-8\"")]
    [InlineData("application/json;charset=utf8")]
    public async Task Body_WithACharset_IsAccepted(string contentType)
    {
        var account = await gateway.Run.Open();
        var json = $$"""{"model":"{{Requests.Gemini}}","person_images":"{{Person}}","garment_images":"{{Garment}}"}""";
        var reply = await account.TryOn(Requests.Text(json, contentType));
        Assert.Equal(200, reply.Status);
    }

    [Theory]
    [MemberData(nameof(WrongTypes))]
    public async Task Body_WithAWrongType_IsRefused(string json)
    {
        var account = await gateway.Run.Open();
        var reply = await account.AssertUnchanged(() => account.TryOn(Requests.Text(json)));
        Envelope.Check(reply, 400, "BadRequest", "invalid_request");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"model\":")]
    [InlineData("model=kling")]
    public async Task Body_ThatIsNoJson_IsRefused(string json)
    {
        var account = await gateway.Run.Open();
        var reply = await account.AssertUnchanged(() => account.TryOn(Requests.Text(json)));
        Envelope.Check(reply, 400, "BadRequest", "invalid_request");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("image/png")]
    [InlineData("nonsense")]
    [InlineData(null)]
    public async Task Body_OfAnotherType_IsRefused(string? contentType)
    {
        var account = await gateway.Run.Open();
        var reply = await account.AssertUnchanged(() => account.TryOn(Requests.Text("{}", contentType)));
        Envelope.Check(reply, 400, "BadRequest", "invalid_request");
    }
}
