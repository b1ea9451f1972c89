namespace TryOn.Api.Tests.Jobs;

[Collection(Shared.Name)]
public sealed class TryOnFormTests(SharedGateway gateway)
{
    [Theory]
    [InlineData("person_images", "garment_images")]
    [InlineData("person_images[]", "garment_images[]")]
    [InlineData("person_image", "garment_image")]
    [InlineData("person_image[]", "garment_image[]")]
    [InlineData("person_image", "garment_images[]")]
    public async Task Form_AnySpellingOfAFile_IsAccepted(string person, string garment)
    {
        var account = await gateway.Run.Open();
        var reply = await account.TryOn(Requests.Form(
            Requests.Gemini, (person, TestPictures.Person), (garment, TestPictures.Garment)));
        Assert.Equal((200, "succeeded"), (reply.Status, reply.Json.Text("status")));
    }

    [Theory]
    [InlineData("person_images", "garment_images")]
    [InlineData("person_image[]", "garment_images[]")]
    public async Task Form_DataUrlInAField_IsAccepted(string person, string garment)
    {
        var account = await gateway.Run.Open();
        var reply = await account.TryOn(Requests.Form(
            Requests.Gemini, (person, TestPictures.Url(TestPictures.Person)),
            (garment, TestPictures.Url(TestPictures.Garment))));
        Assert.Equal((200, "succeeded"), (reply.Status, reply.Json.Text("status")));
    }

    [Fact]
    public async Task Form_TwoSpellingsAtOnce_AreCountedTogether()
    {
        var account = await gateway.Run.Open();
        var reply = await account.AssertUnchanged(() => account.TryOn(Requests.Form(
            Requests.Gemini, ("person_image", TestPictures.Person), ("person_images[]", TestPictures.Person),
            ("garment_images", TestPictures.Garment))));
        Envelope.Check(reply, 400, "BadRequest", "invalid_request", "person_images");
    }

    [Fact]
    public async Task Form_EmptyOptionalFields_AreIgnored()
    {
        var account = await gateway.Run.Open();
        var reply = await account.TryOn(Requests.Good(
            Requests.Gemini, ("prompt", ""), ("fast_mode", ""), ("mask", ""), ("seed", "7")));
        Assert.Equal(200, reply.Status);
    }

    [Fact]
    public async Task Form_FastModeThatIsNoBoolean_IsRefused()
    {
        var account = await gateway.Run.Open();
        var reply = await account.AssertUnchanged(
            () => account.TryOn(Requests.Good(Requests.Kling, ("fast_mode", "quick"))));
        Envelope.Check(reply, 400, "BadRequest", "invalid_request", "fast_mode");
    }

    [Fact]
    public async Task Form_CutOffBeforeItsEnd_IsTheCallersFault()
    {
        var account = await gateway.Run.Open();
        var reply = await account.AssertUnchanged(() => account.TryOn(Requests.Text(
            "--b\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nkling", "multipart/form-data; boundary=b")));
        Envelope.Check(reply, 400, "BadRequest", "invalid_request");
    }

    [Fact]
    public async Task Form_WithoutABoundary_IsRefused()
    {
        var account = await gateway.Run.Open();
        var reply = await account.AssertUnchanged(() => account.TryOn(Requests.Text("--b--", "multipart/form-data")));
        Envelope.Check(reply, 400, "BadRequest", "invalid_request");
    }

    [Fact]
    public async Task Form_JsonSentUnderAFormsType_IsNotCalledTooLarge()
    {
        var account = await gateway.Run.Open();
        var json = $$"""{"model":"{{Requests.Gemini}}","person_images":["{{TestPictures.Url(TestPictures.Person)}}"]}""";
        var reply = await account.AssertUnchanged(
            () => account.TryOn(Requests.Text(json, "application/x-www-form-urlencoded")));
        Envelope.Check(reply, 400, "BadRequest", "invalid_request");
    }
}
