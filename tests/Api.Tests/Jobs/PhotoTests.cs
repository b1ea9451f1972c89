using NetVips;
using TryOn.Core.Images;

namespace TryOn.Api.Tests.Jobs;

/// <summary>Pictures as phones and shops make them, from the upload to the result.</summary>
[Collection(Shared.Name)]
public sealed class PhotoTests(SharedGateway gateway)
{
    private const string OpenAI = "openai/gpt-image-1";

    [Fact]
    public async Task Photo_StoredSideways_IsWornUpright()
    {
        var account = await gateway.Run.Open();

        var job = await Run(account, Requests.Form(
            Requests.Kling, ("person_images", Sideways()), ("garment_images", TestPictures.Garment)));

        var output = job.GetProperty("output")[0];
        Assert.Equal((360, 480), (output.Number("width"), output.Number("height")));
        var picture = await gateway.Run.Send(HttpMethod.Get, output.Text("url"), bearer: null);
        var decoded = Assert.IsType<ImageReply.Accepted>(
            await SharedImageWorkers.Instance.Verify(picture.Body, CancellationToken.None));
        Assert.Equal(new ImageSides(360, 480), decoded.Info.Sides);
    }

    [Theory]
    [InlineData("pattern-8.heic")]
    [InlineData("pattern-alpha.heic")]
    public async Task Photo_AsAPhoneStoresIt_IsTaken(string name)
    {
        var file = await File.ReadAllBytesAsync(Path.Combine(Repository.Root, "tests", "Imaging.Tests", "Heic", name));
        var account = await gateway.Run.Open();

        var job = await Run(account, Requests.Form(
            Requests.Gemini, ("person_images", file), ("garment_images", TestPictures.Garment)));

        var output = job.GetProperty("output")[0];
        Assert.Equal((192, 128), (output.Number("width"), output.Number("height")));
    }

    [Fact]
    public async Task Mask_OfASidewaysPhoto_IsAsThePhotoIsShown()
    {
        var account = await gateway.Run.Open();

        var shown = await account.TryOn(Requests.Form(
            OpenAI, ("person_images", Sideways()), ("garment_images", TestPictures.Garment),
            ("mask", TestPictures.Plain(360, 480, 0))));
        var stored = await account.AssertUnchanged(() => account.TryOn(Requests.Form(
            OpenAI, ("person_images", Sideways()), ("garment_images", TestPictures.Garment),
            ("mask", TestPictures.Plain(480, 360, 0)))));

        Assert.Equal(200, shown.Status);
        Envelope.Check(stored, 400, "BadRequest", "invalid_request", "mask");
        await account.WaitUntilSettled();
    }

    [Fact]
    public async Task Mask_ThatIsOpaque_IsRefused()
    {
        var account = await gateway.Run.Open();

        var opaque = await account.AssertUnchanged(() => account.TryOn(Requests.Form(
            OpenAI, ("person_images", TestPictures.Person), ("garment_images", TestPictures.Garment),
            ("mask", TestPictures.Plain(320, 400, 255)))));
        var withoutAlpha = await account.AssertUnchanged(() => account.TryOn(Requests.Form(
            OpenAI, ("person_images", TestPictures.Person), ("garment_images", TestPictures.Garment),
            ("mask", TestPictures.Marked([1, 2, 3])))));

        Envelope.Check(opaque, 400, "BadRequest", "invalid_request", "mask");
        Envelope.Check(withoutAlpha, 400, "BadRequest", "invalid_request", "mask");
    }

    [Fact]
    public async Task Preview_OfAResult_IsSmallAndStays()
    {
        var account = await gateway.Run.Open();
        var job = await Run(account, Requests.Good(Requests.Kling));
        var url = job.GetProperty("output")[0].Text("url");

        var first = await gateway.Run.Send(HttpMethod.Get, $"{url}&width=160", bearer: null);
        var again = await gateway.Run.Send(HttpMethod.Get, $"{url}&width=160", bearer: null);
        var odd = await gateway.Run.Send(HttpMethod.Get, $"{url}&width=161", bearer: null);
        var forged = await gateway.Run.Send(HttpMethod.Get, $"{url}x&width=160", bearer: null);

        Assert.Equal((200, "image/webp"), (first.Status, first.Header("Content-Type")));
        var decoded = Assert.IsType<ImageReply.Accepted>(
            await SharedImageWorkers.Instance.Verify(first.Body, CancellationToken.None));
        Assert.Equal(new ImageSides(160, 200), decoded.Info.Sides);
        Assert.Equal(first.Body, again.Body);
        Assert.Equal((400, 404), (odd.Status, forged.Status));
    }

    private static async Task<System.Text.Json.JsonElement> Run(TestAccount account, HttpContent form)
    {
        var reply = await account.TryOn(form);
        Assert.True(reply.Status is 200 or 202, reply.Text);
        var job = await account.WaitUntilEnded(reply.Json.Text("id"));
        Assert.Equal("succeeded", job.Text("status"));
        await account.WaitUntilSettled();
        return job;
    }

    /// <summary>480 x 360 as stored, and shown upright by its EXIF orientation of 6.</summary>
    private static byte[] Sideways()
    {
        using var stored = Image.Black(480, 360, bands: 3).Copy(interpretation: Enums.Interpretation.Srgb);
        using var marked = stored.Mutate(image => image.Set(GValue.GIntType, "orientation", 6));
        return marked.JpegsaveBuffer(q: 90);
    }
}
