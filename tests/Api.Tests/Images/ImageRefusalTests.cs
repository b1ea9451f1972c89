using System.Text;

namespace TryOn.Api.Tests.Images;

[Collection(Shared.Name)]
public sealed class ImageRefusalTests(SharedGateway gateway)
{
    public static TheoryData<string, string> Bad => new()
    {
        { "text", "invalid_image" },
        { "empty", "invalid_image" },
        { "gif", "invalid_image" },
        { "svg", "unsupported_image_format" },
        { "truncated", "invalid_image" },
        { "enormous", "image_too_large" },
        { "tiny", "image_too_small" },
        { "heavy", "image_too_large" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task Upload_OfABadPicture_IsRefused(string what, string kind)
    {
        var account = await gateway.Run.Open();
        var reply = await account.AssertUnchanged(() => account.TryOn(Requests.Form(
            Requests.Kling, ("person_images", TestPictures.Person), ("garment_images[]", Make(what)))));
        Envelope.Check(reply, 400, "BadRequest", kind, "garment_images[]");
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task DataUrl_OfABadPicture_IsRefused(string what, string kind)
    {
        var account = await gateway.Run.Open();
        var reply = await account.AssertUnchanged(() => account.TryOn(Requests.Json(new
        {
            model = Requests.Kling,
            person_images = TestPictures.Url(Make(what)),
            garment_images = TestPictures.Url(TestPictures.Garment),
        })));
        Envelope.Check(reply, 400, "BadRequest", kind, "person_images");
    }

    [Theory]
    [InlineData("data:image/png;base64,@@@@")]
    [InlineData("data:image/png,plain")]
    [InlineData("data:")]
    [InlineData("data:image/png;base64")]
    public async Task DataUrl_ThatIsBroken_IsRefused(string url)
    {
        var account = await gateway.Run.Open();
        var reply = await account.AssertUnchanged(() => account.TryOn(Requests.Json(
            new { model = Requests.Kling, person_images = url, garment_images = url })));
        Envelope.Check(reply, 400, "BadRequest", "invalid_image", "person_images");
    }

    private static byte[] Make(string what) => what switch
    {
        "text" => Encoding.UTF8.GetBytes("This is no picture, it only says so. " + new string('.', 500)),
        "empty" => [],
        "svg" => "<svg xmlns='http://www.w3.org/2000/svg'/>"u8.ToArray(),
        "gif" => [.. "GIF89a"u8, .. new byte[100]],
        "truncated" => TestPictures.Truncated,
        "enormous" => TestPictures.Enormous,
        "tiny" => TestPictures.Plain(20, 20, 90),
        _ => [.. TestPictures.Person, .. new byte[26 * 1024 * 1024]],
    };
}
