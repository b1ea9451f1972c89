namespace TryOn.Api.Tests.Jobs;

[Collection(Shared.Name)]
public sealed class TryOnRefusalTests(SharedGateway gateway)
{
    [Theory]
    [InlineData("no/such-model")]
    [InlineData("KLING/KOLORS-V1-5")]
    [InlineData(null)]
    public async Task Request_ForAnUnknownModel_IsRefused(string? model)
    {
        var account = await gateway.Run.Open();
        var reply = await account.AssertUnchanged(() => account.TryOn(Requests.Form(
            model, ("person_images", TestPictures.Person), ("garment_images", TestPictures.Garment))));
        Envelope.Check(reply, 404, "NotFound", "not_found", "model");
    }

    [Fact]
    public async Task Request_WithoutAPerson_IsRefused()
    {
        var account = await gateway.Run.Open();
        var reply = await account.AssertUnchanged(() => account.TryOn(Requests.Form(
            Requests.Gemini, ("garment_images", TestPictures.Garment))));
        Envelope.Check(reply, 400, "BadRequest", "invalid_request", "person_images");
    }

    [Fact]
    public async Task Request_WithoutAGarment_IsRefused()
    {
        var account = await gateway.Run.Open();
        var reply = await account.AssertUnchanged(() => account.TryOn(Requests.Form(
            Requests.Gemini, ("person_images", TestPictures.Person))));
        Envelope.Check(reply, 400, "BadRequest", "invalid_request", "garment_images");
    }

    [Fact]
    public async Task Request_WithTooManyGarments_IsRefused()
    {
        var account = await gateway.Run.Open();
        var reply = await account.AssertUnchanged(() => account.TryOn(
            Requests.Good(Requests.Kling, ("garment_images", TestPictures.Garment))));
        Envelope.Check(reply, 400, "BadRequest", "invalid_request", "garment_images");
    }

    [Fact]
    public async Task Request_WithAMaskNobodyTakes_IsRefused()
    {
        var account = await gateway.Run.Open();
        var reply = await account.AssertUnchanged(() => account.TryOn(
            Requests.Good(Requests.Gemini, ("mask", TestPictures.Garment))));
        Envelope.Check(reply, 400, "BadRequest", "invalid_request", "mask");
    }

    [Fact]
    public async Task Request_WithAnEndlessPrompt_IsRefused()
    {
        var account = await gateway.Run.Open();
        var reply = await account.AssertUnchanged(() => account.TryOn(
            Requests.Good(Requests.Gemini, ("prompt", new string('a', 4001)))));
        Envelope.Check(reply, 400, "BadRequest", "invalid_request", "prompt");
    }

    [Fact]
    public async Task Request_WithoutCredits_IsRefusedAsUnpaid()
    {
        var account = await gateway.Run.Open(credits: 0);
        var reply = await account.AssertUnchanged(() => account.TryOn(Requests.Good()));
        Envelope.Check(reply, 402, "OutOfCredits", "payment_required");
        Assert.Equal("false", reply.Header("x-should-retry"));
    }

    [Fact]
    public async Task Request_OfTheLastCredit_LeavesNoneForTheNext()
    {
        var account = await gateway.Run.Open(credits: 1);
        Assert.Equal(200, (await account.TryOn(Requests.Good())).Status);
        Assert.Equal(402, (await account.TryOn(Requests.Good())).Status);
        Assert.Equal("grant reserve capture", await AfterSettling(account));
    }

    [Fact]
    public async Task Request_OfALiveAccountWithoutProvider_IsRefused()
    {
        var account = await gateway.Run.Open(mode: "live");
        var reply = await account.AssertUnchanged(() => account.TryOn(Requests.Good()));
        Envelope.Check(reply, 503, "NoProvider", "provider_overloaded", "model");
    }

    private static async Task<string> AfterSettling(TestAccount account)
    {
        await account.WaitUntilSettled();
        return await account.StatementKinds();
    }
}
