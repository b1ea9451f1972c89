using System.Security.Cryptography;
using TryOn.Core.Images;

namespace TryOn.Api.Tests.Jobs;

/// <summary>Masks, checked by the mask that the upstream has logged.</summary>
public sealed class MaskTests : IAsyncLifetime
{
    private const string OpenAI = "openai/gpt-image-1";

    /// <summary>As large as the person's picture, and fully transparent.</summary>
    private static readonly byte[] Mask = TestPictures.Plain(320, 400, 0);

    private readonly LiveGateway _gateway = new() { AllProviders = true };

    public Task InitializeAsync() => _gateway.InitializeAsync();

    public Task DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Mask_OnEverySurfaceThatHasOne_ReachesTheUpstream()
    {
        var account = await _gateway.Run.Open(mode: "live");

        var form = await account.TryOn(Requests.Good(OpenAI, ("mask", Mask)));
        var json = await account.TryOn(Requests.Json(Body(Mask)));
        var edit = await account.Post("/v1/images/edits", Requests.Form(
            OpenAI, ("image[]", TestPictures.Person), ("image[]", TestPictures.Garment), ("mask", Mask),
            ("prompt", "a coat")));
        var plain = await account.TryOn(Requests.Good(OpenAI));

        Assert.Equal([200, 200, 200, 200], [form.Status, json.Status, edit.Status, plain.Status]);
        var masks = (await _gateway.WitnessLog()).Select(line => line.GetProperty("mask_sha256").GetString());
        var sent = await HashOfWhatIsSent();
        Assert.Equal([sent, sent, sent, null], masks);
        await account.WaitUntilSettled();
        await TestAccount.Until(
            async () => !(await _gateway.Run.Pictures()).Any(name => name.Contains("in-", StringComparison.Ordinal)),
            () => "an input picture or a mask is still stored");
    }

    [Fact]
    public async Task Mask_AskedOfAModelThatTakesNone_GoesToTheOneThatDoes()
    {
        var account = await _gateway.Run.Open(mode: "live");
        var body = new { image =
            new[] { TestPictures.Url(TestPictures.Person), TestPictures.Url(TestPictures.Garment) } }
            .With(
                $$"""{ "model": "{{Requests.Gemini}}", "models": ["{{OpenAI}}"], "mask": { "image_url": "{{TestPictures.Url(Mask)}}" } }""");

        Assert.Equal(200, (await account.Post("/api/v1/images", Requests.Json(body))).Status);

        Assert.Equal(await HashOfWhatIsSent(), Assert.Single(await _gateway.WitnessLog()).Text("mask_sha256"));
        await account.WaitUntilSettled();
    }

    [Fact]
    public async Task Mask_ThatDoesNotFit_IsRefused()
    {
        var account = await _gateway.Run.Open(mode: "live");
        foreach (var bad in (byte[][])[TestPictures.Garment, TestPictures.Truncated, "no picture"u8.ToArray()])
        {
            var reply = await account.AssertUnchanged(() => account.TryOn(Requests.Good(OpenAI, ("mask", bad))));
            Envelope.Check(reply, 400, "BadRequest", "invalid_request", "mask");
        }

        var two = await account.AssertUnchanged(
            () => account.TryOn(Requests.Good(OpenAI, ("mask", Mask), ("mask", Mask))));
        Envelope.Check(two, 400, "BadRequest", "invalid_request", "mask");
    }

    [Fact]
    public async Task Key_WithAnotherMask_IsAConflict()
    {
        var account = await _gateway.Run.Open(mode: "live");

        Assert.Equal(200, (await account.TryOn(Requests.Good(OpenAI, ("mask", Mask)), "masked")).Status);

        Assert.Equal(200, (await account.TryOn(Requests.Json(Body(Mask)), "masked")).Status);
        Assert.Equal(409, (await account.TryOn(Requests.Good(OpenAI), "masked")).Status);
        await account.WaitUntilSettled();
    }

    private static async Task<string> HashOfWhatIsSent()
    {
        var sides = new ImageSides(320, 400);
        var mask = Assert.IsType<ImageReply.Accepted>(await SharedImageWorkers.Instance.NormalizeMask(
            Mask, sides, sides, 4 * 1024 * 1024, CancellationToken.None));
        return Convert.ToHexStringLower(SHA256.HashData(mask.Content));
    }

    private static object Body(byte[] mask) => new
    {
        model = OpenAI,
        person_images = TestPictures.Url(TestPictures.Person),
        garment_images = TestPictures.Url(TestPictures.Garment),
        mask = TestPictures.Url(mask),
    };
}
