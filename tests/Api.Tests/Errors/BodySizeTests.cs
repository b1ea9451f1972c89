namespace TryOn.Api.Tests.Errors;

[Collection(Shared.Name)]
public sealed class BodySizeTests(SharedGateway gateway)
{
    private const long Bytes = 60L * 1024 * 1024;
    private const string Json = """{ "model": " """;
    private const string Form =
        "--b\r\nContent-Disposition: form-data; name=\"person_images\"; filename=\"a.png\"\r\n\r\n";

    [Theory]
    [InlineData("/api/v1/tryon", "multipart/form-data; boundary=b", false)]
    [InlineData("/api/v1/tryon", "multipart/form-data; boundary=b", true)]
    [InlineData("/api/v1/tryon", "application/json", false)]
    [InlineData("/api/v1/tryon", "application/json", true)]
    [InlineData("/api/v1/chat/completions", "application/json", false)]
    [InlineData("/api/v1/chat/completions", "application/json", true)]
    public async Task Body_OfSixtyMegabytes_IsTooLarge(string path, string contentType, bool chunked)
    {
        var account = await gateway.Run.Open();
        var headers = $"Authorization: Bearer {account.Key}\r\nContent-Type: {contentType}";
        var start = contentType == "application/json" ? Json : Form;
        var reply = await account.AssertUnchanged(
            () => RawCall.Post(gateway.Run.Address, path, headers, start, Bytes, chunked));
        Envelope.Check(reply, 413, "PayloadTooLarge", "payload_too_large");
    }

    [Fact]
    public async Task Body_OfAStranger_IsNotReadFirst()
    {
        var reply = await RawCall.Post(
            gateway.Run.Address, "/api/v1/tryon", "Content-Type: application/json", Json, Bytes, chunked: false);
        Envelope.Check(reply, 401, "UnauthorizedAccess", "authentication");
    }
}
