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

    [Theory]
    [InlineData("image/png")]
    [InlineData("IMAGE/PNG; charset=binary")]
    [InlineData("application/octet-stream")]
    [InlineData("text/plain")]
    [InlineData(null)]
    public async Task Form_PictureWithoutAFilename_IsAFile(string? type)
    {
        var account = await gateway.Run.Open();
        var plain = await account.TryOn(Requests.Good(), "unnamed");
        using var form = new MultipartFormDataContent { { new StringContent(Requests.Gemini), "model" } };
        form.Add(Part(TestPictures.Person, type), "person_images");
        form.Add(Part(TestPictures.Garment, type), "garment_images");
        var reply = await account.TryOn(form, "unnamed");
        Assert.True(reply.Status == 200, reply.Text);
        Assert.Equal(plain.Json.Text("id"), reply.Json.Text("id"));
    }

    [Theory]
    [InlineData("person_images[0]", "garment_images[0]")]
    [InlineData("person_image[0]", "garment_image[7]")]
    [InlineData("person_images.0", "garment_images.0")]
    [InlineData("Person_Images[0]", "GARMENT_IMAGES[0]")]
    public async Task Form_IndexedSpelling_IsAccepted(string person, string garment)
    {
        var account = await gateway.Run.Open();
        var reply = await account.TryOn(Requests.Form(
            Requests.Gemini, (person, TestPictures.Person), (garment, TestPictures.Url(TestPictures.Garment))));
        Assert.Equal((200, "succeeded"), (reply.Status, reply.Json.Text("status")));
    }

    [Theory]
    [InlineData("person_images[a]")]
    [InlineData("person_images[0][url]")]
    [InlineData("person_image[-1]")]
    [InlineData("person_image[0")]
    [InlineData("person_image[99999999999]")]
    public async Task Form_ListFieldWithoutAPlace_IsRefusedByName(string name)
    {
        var account = await gateway.Run.Open();
        var reply = await account.AssertUnchanged(
            () => account.TryOn(Requests.Good(Requests.Gemini, (name, TestPictures.Person))));
        Envelope.Check(reply, 400, "BadRequest", "invalid_request", name);
    }

    [Fact]
    public async Task Form_FileThatWasNotChosen_IsIgnored()
    {
        var account = await gateway.Run.Open();
        var body = Body($"model=\r\n\r\n{Requests.Gemini}", "prompt=\r\n\r\na coat",
            $"person_image=\r\n\r\n{TestPictures.Url(TestPictures.Person)}",
            $"garment_image=\r\n\r\n{TestPictures.Url(TestPictures.Garment)}",
            "mask=; filename=\"\"\r\nContent-Type: application/octet-stream\r\n\r\n");
        var reply = await account.TryOn(Requests.Text(body, "multipart/form-data; boundary=b"));
        Assert.True(reply.Status == 200, reply.Text);
    }

    [Theory]
    [InlineData("True")]
    [InlineData("1")]
    [InlineData("yes")]
    [InlineData("ON")]
    [InlineData("off")]
    [InlineData("0")]
    public async Task Form_FastModeInAnyWord_IsRead(string word)
    {
        var account = await gateway.Run.Open();
        Assert.Equal(200, (await account.TryOn(Requests.Good(Requests.Gemini, ("fast_mode", word)))).Status);
    }

    [Theory]
    [InlineData("--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--\r\n")]
    [InlineData("--b\r\nContent-Type: text/plain\r\n\r\nx\r\n--b--\r\n")]
    [InlineData("--b\r\nnonsense\r\n\r\nx\r\n--b--\r\n")]
    public async Task Form_PartWithoutAName_IsRefused(string body)
    {
        var account = await gateway.Run.Open();
        var reply = await account.AssertUnchanged(
            () => account.TryOn(Requests.Text(body, "multipart/form-data; boundary=b")));
        Envelope.Check(reply, 400, "BadRequest", "invalid_request");
    }

    [Fact]
    public async Task Form_TextInAnotherCharset_IsRead()
    {
        var account = await gateway.Run.Open();
        using var form = new MultipartFormDataContent { { new StringContent(Requests.Gemini), "model" } };
        form.Add(Part(TestPictures.Person, "image/png"), "person_image");
        form.Add(Part(TestPictures.Garment, "image/png"), "garment_image");
        form.Add(new StringContent("ein grüner Mantel", System.Text.Encoding.Latin1), "prompt");
        var plain = await account.TryOn(Requests.Good(Requests.Gemini, ("prompt", "ein grüner Mantel")), "latin");
        Assert.Equal(plain.Json.Text("id"), (await account.TryOn(form, "latin")).Json.Text("id"));
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
        var json =
            $$"""{"model":"{{Requests.Gemini}}","person_images":["{{TestPictures.Url(TestPictures.Person)}}"]}""";
        var reply = await account.AssertUnchanged(
            () => account.TryOn(Requests.Text(json, "application/x-www-form-urlencoded")));
        Envelope.Check(reply, 400, "BadRequest", "invalid_request");
    }

    private static ByteArrayContent Part(byte[] content, string? type)
    {
        var part = new ByteArrayContent(content);
        if (type is not null)
            part.Headers.TryAddWithoutValidation("Content-Type", type);
        return part;
    }

    /// <param name="parts">A name and <c>=</c>, what else the headers have, and the content.</param>
    private static string Body(params string[] parts) => string.Concat(parts.Select(part => part.Split('=', 2))
        .Select(part => $"--b\r\nContent-Disposition: form-data; name=\"{part[0]}\"{part[1]}\r\n")) + "--b--\r\n";
}
