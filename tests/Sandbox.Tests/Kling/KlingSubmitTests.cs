using System.Text;

namespace TryOn.Sandbox.Tests.Kling;

public sealed class KlingSubmitTests
{
    public static TheoryData<string, object?, string> Refused() => new()
    {
        { "colour", "red", "unknown field colour" },
        { "human_image", null, "human_image must be a string" },
        { "human_image", "", "human_image is required" },
        { "cloth_image", "", "cloth_image is required" },
        { "cloth_image", 5, "cloth_image must be a string" },
        { "human_image", "https://example.org/a.png", "url images" },
        { "human_image", "data:image/png;base64," + Samples.Base64(Samples.Person), "without a data: prefix" },
        { "human_image", "!!!", "base64" },
        { "human_image", Samples.Base64(Encoding.ASCII.GetBytes("GIF89a, and so on")), "jpg, jpeg or png" },
        { "human_image", Samples.Base64([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0]), "cannot be read" },
        { "human_image", Samples.Base64(Png(299, 300)), "at least 300px" },
        { "cloth_image", Samples.Base64(Png(300, 299)), "at least 300px" },
        { "human_image", Samples.Base64(Samples.JpegHead(299, 300)), "at least 300px" },
        { "external_task_id", "", "external_task_id" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Submit_BadValue_Is1201AndNamesIt(string field, object? value, string message)
    {
        await using var sandbox = await SandboxRun.Start();
        var body = KlingRequests.Body();
        body[field] = value;

        var reply = await sandbox.Submit(body);

        Assert.Equal((400, 1201), (reply.Status, reply.Code));
        Assert.Contains(message, reply.Json.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_PictureOverTenMegabytes_Is1201()
    {
        await using var sandbox = await SandboxRun.Start();
        var body = KlingRequests.Body();
        body["cloth_image"] = Samples.Base64(
            [.. Samples.Jpeg, .. new byte[(10 * 1024 * 1024) - Samples.Jpeg.Length + 1]]);

        Assert.Equal(1201, (await sandbox.Submit(body)).Code);
    }

    [Theory]
    [InlineData("human_image")]
    [InlineData("cloth_image")]
    public async Task Submit_WithoutPicture_Is1201(string field)
    {
        await using var sandbox = await SandboxRun.Start();
        var body = KlingRequests.Body();
        body.Remove(field);

        Assert.Equal(1201, (await sandbox.Submit(body)).Code);
    }

    [Fact]
    public async Task Submit_LargestAndSmallestPicture_AreAccepted()
    {
        await using var sandbox = await SandboxRun.Start();
        var body = KlingRequests.Body();
        body["human_image"] = Samples.Base64([.. Samples.Jpeg, .. new byte[(10 * 1024 * 1024) - Samples.Jpeg.Length]]);
        body["cloth_image"] = Samples.Base64(Png(300, 300));

        Assert.Equal(0, (await sandbox.Submit(body)).Code);
    }

    [Fact]
    public async Task Submit_UnknownModel_Is1203()
    {
        await using var sandbox = await SandboxRun.Start();
        var body = KlingRequests.Body();
        body["model_name"] = "kolors-virtual-try-on-v9";

        var reply = await sandbox.Submit(body);

        Assert.Equal((404, 1203), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task Submit_NoModelButCallback_IsAccepted()
    {
        await using var sandbox = await SandboxRun.Start();
        var body = KlingRequests.Body();
        body.Remove("model_name");
        body["callback_url"] = "http://127.0.0.1:1/never-called";

        Assert.Equal(0, (await sandbox.Submit(body)).Code);
    }

    [Theory]
    [InlineData("{}", "text/plain")]
    [InlineData("{", "application/json")]
    [InlineData("[]", "application/json")]
    [InlineData("{\"model_name\":\"kolors-virtual-try-on-v1\",\"model_name\":\"x\"}", "application/json")]
    public async Task Submit_NotAJsonObject_Is1200(string body, string contentType)
    {
        await using var sandbox = await SandboxRun.Start();

        var reply = await sandbox.Submit(new StringContent(body, Encoding.UTF8, contentType));

        Assert.Equal((400, 1200), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task Submit_BrokenUtf8_Is1200()
    {
        await using var sandbox = await SandboxRun.Start();
        var content = new ByteArrayContent([.. "{\"model_name\":\""u8, 0xC3, 0x28, .. "\"}"u8]);
        content.Headers.ContentType = new("application/json");

        Assert.Equal(1200, (await sandbox.Submit(content)).Code);
    }

    [Fact]
    public async Task Submit_OtherMethod_Is1202()
    {
        await using var sandbox = await SandboxRun.Start();

        var reply = await sandbox.Send(new HttpRequestMessage(HttpMethod.Put, SandboxRun.KlingPath));

        Assert.Equal((404, 1202), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task Submit_SameExternalIdTwice_Is1201AndKeepsTheFirst()
    {
        await using var sandbox = await SandboxRun.Start();
        var first = await sandbox.Submit(KlingRequests.Body("att_1"));

        var second = await sandbox.Submit(KlingRequests.Body("att_1"));

        Assert.Equal((400, 1201), (second.Status, second.Code));
        var found = await sandbox.Poll("att_1");
        Assert.Equal(first.Data.GetProperty("task_id").GetString(), found.Data.GetProperty("task_id").GetString());
    }

    [Fact]
    public async Task Submit_SameExternalIdAtOnce_OnlyOneIsAccepted()
    {
        await using var sandbox = await SandboxRun.Start();

        var replies = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => sandbox.Submit(KlingRequests.Body("att_1"))));

        Assert.Single(replies, reply => reply.Code == 0);
    }

    [Fact]
    public async Task Submit_OverConcurrency_Is1303UntilATaskEnds()
    {
        var clock = new FakeTimeProvider();
        await using var sandbox = await SandboxRun.Start(
            options => (options.KlingConcurrency, options.Speed) = (1, 1), clock);
        await sandbox.Submit(KlingRequests.Body());

        clock.Advance(TimeSpan.FromSeconds(19));
        var refused = await sandbox.Submit(KlingRequests.Body("att_2"));
        clock.Advance(TimeSpan.FromSeconds(1));
        var accepted = await sandbox.Submit(KlingRequests.Body("att_2"));

        Assert.Equal((429, 1303), (refused.Status, refused.Code));
        Assert.Equal(0, accepted.Code);
    }

    private static byte[] Png(int width, int height) => Samples.Png(width, height, Samples.Red);
}
