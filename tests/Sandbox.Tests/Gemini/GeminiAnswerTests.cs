using System.Text.Json;
using NetVips;

namespace TryOn.Sandbox.Tests.Gemini;

public sealed class GeminiAnswerTests
{
    [Theory]
    [InlineData("gemini-2.5-flash-image")]
    [InlineData("gemini-3.1-flash-image")]
    [InlineData("gemini-3-pro-image")]
    public async Task Generate_KnownModel_AnswersThePersonInTheGarment(string model)
    {
        await using var sandbox = await SandboxRun.Start();

        var reply = await sandbox.Generate(GeminiRequests.Body(), model);

        Assert.Equal(200, reply.Status);
        Assert.Equal(model, reply.Json.GetProperty("modelVersion").GetString());
        Assert.NotEmpty(reply.Json.GetProperty("responseId").GetString()!);
        var part = Assert.Single(Parts(reply));
        Assert.Equal("image/png", part.GetProperty("inlineData").GetProperty("mimeType").GetString());
        var picture = Image.NewFromBuffer(part.GetProperty("inlineData").GetProperty("data").GetBytesFromBase64());
        Assert.Equal(Samples.Blue, picture.Getpoint(160, 248));
        Assert.Equal(Samples.Red, picture.Getpoint(10, 10));
    }

    [Fact]
    public async Task Generate_NoModalities_AnswersTextThenImage()
    {
        await using var sandbox = await SandboxRun.Start();
        var body = GeminiRequests.Body();
        body.Remove("generationConfig");

        var parts = Parts(await sandbox.Generate(body));

        Assert.Equal(["text", "inlineData"], parts.Select(part => part.EnumerateObject().Single().Name));
    }

    [Fact]
    public async Task Generate_Usage_AddsUp()
    {
        await using var sandbox = await SandboxRun.Start();

        var usage = (await sandbox.Generate(GeminiRequests.Body())).Json.GetProperty("usageMetadata");

        Assert.Equal(1290, usage.GetProperty("candidatesTokenCount").GetInt32());
        Assert.Equal(
            usage.GetProperty("promptTokenCount").GetInt32() + 1290, usage.GetProperty("totalTokenCount").GetInt32());
    }

    [Fact]
    public async Task Generate_OnePicture_AnswersThatPicture()
    {
        await using var sandbox = await SandboxRun.Start();
        var body = GeminiRequests.Body();
        GeminiRequests.Parts(body).RemoveAt(2);

        var image = Parts(await sandbox.Generate(body))[0].GetProperty("inlineData");

        Assert.Equal("image/png", image.GetProperty("mimeType").GetString());
    }

    [Fact]
    public async Task Generate_NoPicture_SaysNoImage()
    {
        await using var sandbox = await SandboxRun.Start();
        var body = GeminiRequests.Body();
        GeminiRequests.Parts(body).RemoveAt(2);
        GeminiRequests.Parts(body).RemoveAt(1);

        var reply = await sandbox.Generate(body);

        var candidate = reply.Json.GetProperty("candidates")[0];
        Assert.Equal((200, "NO_IMAGE"), (reply.Status, candidate.GetProperty("finishReason").GetString()));
        Assert.False(candidate.TryGetProperty("content", out _));
    }

    [Fact]
    public async Task Generate_UnreadableJpegPerson_AnswersIt()
    {
        await using var sandbox = await SandboxRun.Start();
        var body = GeminiRequests.Body();
        GeminiRequests.Parts(body)[1] = GeminiRequests.Image("image/jpeg", Samples.Jpeg);

        var image = Parts(await sandbox.Generate(body))[0].GetProperty("inlineData");

        Assert.Equal("image/jpeg", image.GetProperty("mimeType").GetString());
        Assert.Equal(Samples.Jpeg, image.GetProperty("data").GetBytesFromBase64());
    }

    [Fact]
    public async Task Generate_BeforeTheLatency_DoesNotAnswer()
    {
        var clock = new AwaitedClock();
        await using var sandbox = await SandboxRun.Start(options => options.Speed = 1, clock);
        var reply = sandbox.Generate(GeminiRequests.Body());
        await clock.Armed;

        clock.Advance(TimeSpan.FromSeconds(7.9));
        Assert.Empty(await sandbox.Log());
        clock.Advance(TimeSpan.FromSeconds(0.1));

        Assert.Equal(200, (await reply).Status);
    }

    private static List<JsonElement> Parts(Reply reply) =>
        [.. reply.Json.GetProperty("candidates")[0].GetProperty("content").GetProperty("parts").EnumerateArray()];
}
