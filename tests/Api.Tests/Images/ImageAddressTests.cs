namespace TryOn.Api.Tests.Images;

public sealed class ImageAddressTests(ImageAddressTests.Gateway gateway) : IClassFixture<ImageAddressTests.Gateway>
{
    [Fact]
    public async Task Address_InAFormField_IsDownloaded()
    {
        var account = await gateway.Run.Open();
        var reply = await account.TryOn(Requests.Form(
            Requests.Gemini, ("person_images[]", gateway.At("person.png")),
            ("garment_image", gateway.At("garment.png"))));
        Assert.Equal((200, "succeeded"), (reply.Status, reply.Json.Text("status")));
    }

    [Fact]
    public async Task Address_InJson_IsDownloaded()
    {
        var account = await gateway.Run.Open();
        var reply = await account.TryOn(Body(gateway.At("person.png")));
        Assert.Equal((200, "succeeded"), (reply.Status, reply.Json.Text("status")));
    }

    [Fact]
    public async Task Address_ThatRedirectsToAnAllowedOne_IsFollowed()
    {
        var account = await gateway.Run.Open();
        Assert.Equal(200, (await account.TryOn(Body(gateway.At("to?url=/person.png")))).Status);
    }

    [Theory]
    [InlineData("http://127.0.0.1/person.png")]
    [InlineData("https://127.0.0.1/person.png")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("https://169.254.169.254/latest/meta-data/")]
    [InlineData("https://[::1]/person.png")]
    [InlineData("https://[::ffff:127.0.0.1]/person.png")]
    [InlineData("https://0x7f.1/person.png")]
    [InlineData("https://localhost/person.png")]
    public async Task Address_ThatIsForbidden_IsNotDownloaded(string url)
    {
        var account = await gateway.Run.Open();
        var reply = await account.AssertUnchanged(() => account.TryOn(Body(url)));
        Envelope.Check(reply, 400, "BadRequest", "image_download_failed", "person_images");
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("ftp://127.0.0.1/person.png")]
    public async Task Address_OfAnotherKind_IsRefused(string url)
    {
        var account = await gateway.Run.Open();
        var reply = await account.AssertUnchanged(() => account.TryOn(Body(url)));
        Envelope.Check(reply, 400, "BadRequest", "invalid_request", "person_images");
    }

    [Fact]
    public async Task Address_OfALoopbackPortNotAllowed_IsNeverVisited()
    {
        var account = await gateway.Run.Open();
        var trap = new Uri(gateway.Trap.Address, "person.png").ToString();
        foreach (var url in (string[])[trap, gateway.At($"to?url={Uri.EscapeDataString(trap)}")])
        {
            var reply = await account.AssertUnchanged(() => account.TryOn(Body(url)));
            Envelope.Check(reply, 400, "BadRequest", "image_download_failed", "person_images");
        }

        Assert.Equal(0, gateway.Trap.Visits);
    }

    [Theory]
    [InlineData("to?url=http%3A%2F%2F169.254.169.254%2Flatest%2Fmeta-data%2F", "image_download_failed")]
    [InlineData("to?url=file%3A%2F%2F%2Fetc%2Fpasswd", "image_download_failed")]
    [InlineData("missing", "image_download_failed")]
    [InlineData("page", "invalid_image")]
    [InlineData("heavy", "image_too_large")]
    public async Task Address_ThatGivesNoPicture_IsRefused(string path, string kind)
    {
        var account = await gateway.Run.Open();
        var reply = await account.AssertUnchanged(() => account.TryOn(Body(gateway.At(path))));
        Envelope.Check(reply, 400, "BadRequest", kind, "person_images");
    }

    [Fact]
    public async Task Refusals_OfPrivateAddresses_TellNothingApart()
    {
        var account = await gateway.Run.Open();
        var answering = await account.TryOn(Body(new Uri(gateway.Trap.Address, "person.png").ToString()));
        var silent = await account.TryOn(Body("http://127.0.0.1:1/person.png"));
        Assert.Equal(answering.Json.Text("message"), silent.Json.Text("message"));
    }

    /// <summary>
    /// The caller has paid for the job and must get the picture although the input's address no longer works.
    /// </summary>
    [Fact]
    public async Task Address_ThatHasEnded_IsNotAskedForARepeat()
    {
        var account = await gateway.Run.Open();
        var url = gateway.At($"once/{Guid.NewGuid():N}");
        var first = await account.TryOn(Body(url), "paid");
        var again = await account.TryOn(Body(url), "paid");
        Assert.Equal((200, first.Json.Text("id")), (again.Status, again.Json.Text("id")));
        Envelope.Check(
            await account.TryOn(Body(url), "another"), 400, "BadRequest", "image_download_failed", "person_images");
        Envelope.Check(
            await account.TryOn(Body(gateway.At("garment.png")), "paid"), 409, "Conflict", "precondition_failed");
        Assert.Equal(9, (await account.WaitUntilSettled()).Number("available"));
    }

    private static HttpContent Body(string person) => Requests.Json(new
    {
        model = Requests.Gemini,
        person_images = person,
        garment_images = TestPictures.Url(TestPictures.Garment),
    });

    /// <summary>A gateway that may download from one loopback port and from no other.</summary>
    public sealed class Gateway : IAsyncLifetime
    {
        private ImageOrigin _origin = null!;

        public GatewayRun Run { get; private set; } = null!;

        public ImageOrigin Trap { get; private set; } = null!;

        public string At(string path) => new Uri(_origin.Address, path).ToString();

        public async Task InitializeAsync()
        {
            (_origin, Trap) = (await ImageOrigin.Start(), await ImageOrigin.Start());
            Run = await GatewayRun.Start(
                new Dictionary<string, string?> { ["TryOn:Egress:Allow:0"] = _origin.Address.Authority });
        }

        public async Task DisposeAsync()
        {
            await Run.DisposeAsync();
            await _origin.DisposeAsync();
            await Trap.DisposeAsync();
        }
    }
}
