using System.Text.Json.Nodes;

namespace TryOn.Sandbox.Tests.Gemini;

public sealed class GeminiRefusalTests
{
    [Fact]
    public async Task Key_Missing_IsPermissionDenied()
    {
        await using var sandbox = await SandboxRun.Start();

        var reply = await sandbox.Send(GeminiRequests.Request(GeminiRequests.Body().ToJsonString(), key: null));

        AssertError(reply, 403, "PERMISSION_DENIED");
    }

    [Fact]
    public async Task Key_Wrong_Is400WithReason()
    {
        await using var sandbox = await SandboxRun.Start();

        var reply = await sandbox.Send(GeminiRequests.Request(GeminiRequests.Body().ToJsonString(), key: "other"));

        AssertError(reply, 400, "INVALID_ARGUMENT");
        var detail = reply.Error.GetProperty("details")[0];
        Assert.Equal("API_KEY_INVALID", detail.GetProperty("reason").GetString());
        Assert.Equal("type.googleapis.com/google.rpc.ErrorInfo", detail.GetProperty("@type").GetString());
    }

    [Fact]
    public async Task Model_Unknown_IsNotFound()
    {
        await using var sandbox = await SandboxRun.Start();
        AssertError(await sandbox.Generate(GeminiRequests.Body(), "gemini-1-image"), 404, "NOT_FOUND");
    }

    [Fact]
    public async Task Method_Unknown_IsNotFound()
    {
        await using var sandbox = await SandboxRun.Start();
        AssertError(await sandbox.Get("/v1beta/models/gemini-2.5-flash-image:countTokens"), 404, "NOT_FOUND");
    }

    [Theory]
    [InlineData("""{"extra":1}""", "Unknown name \"extra\"")]
    [InlineData("""{"contents":null}""", "contents")]
    [InlineData("""{"contents":[]}""", "contents is not specified")]
    [InlineData("""{"contents":[{"role":"system","parts":[{"text":"x"}]}]}""", "valid role")]
    [InlineData("""{"contents":[{"role":"user"}]}""", "at least one part")]
    [InlineData("""{"contents":[{"parts":[]}]}""", "at least one part")]
    [InlineData("""{"contents":[{"parts":[{}]}]}""", "one initialized field")]
    [InlineData("""{"contents":[{"parts":[{"text":"x","inlineData":{}}]}]}""", "one initialized field")]
    [InlineData("""{"contents":[{"parts":[{"text":5}]}]}""", "expected a string")]
    [InlineData("""{"contents":[{"parts":[{"inline_data":{}}]}]}""", "Unknown name \"inline_data\"")]
    [InlineData("""{"contents":[{"parts":[{"fileData":{"fileUri":"https://example.org/a"}}]}]}""", "file data")]
    [InlineData("""{"contents":[{"parts":[{"inlineData":{"mimeType":"image/gif","data":"AAAA"}}]}]}""", "MIME type")]
    [InlineData("""{"contents":[{"parts":[{"inlineData":{"data":"AAAA"}}]}]}""", "MIME type")]
    [InlineData("""{"contents":[{"parts":[{"inlineData":{"mimeType":"image/png"}}]}]}""", "Base64")]
    [InlineData(
        """{"contents":[{"parts":[{"inlineData":{"mimeType":"image/png","data":"data:image/png;base64,AAAA"}}]}]}""",
        "Base64")]
    [InlineData("""{"contents":[{"parts":[{"inlineData":{"mimeType":"image/png","data":"AAAA"}}]}]}""",
        "process input image")]
    [InlineData("""{"generationConfig":{"fastMode":true}}""", "Unknown name \"fastMode\"")]
    [InlineData("""{"generationConfig":{"responseModalities":["VIDEO"]}}""", "responseModalities[0]")]
    [InlineData("""{"generationConfig":{"responseModalities":"IMAGE"}}""", "expected a list")]
    [InlineData("""{"generationConfig":{"imageConfig":{"aspectRatio":"5:3"}}}""", "aspect_ratio")]
    [InlineData("""{"generationConfig":{"imageConfig":{"aspectRatio":"1:4"}}}""", "aspect_ratio")]
    [InlineData("""{"generationConfig":{"imageConfig":{"imageSize":"2K"}}}""", "image_size is not supported")]
    [InlineData("""{"generationConfig":{"imageConfig":{"personGeneration":"ALLOW_ALL"}}}""",
        "not supported in Gemini API")]
    [InlineData("""{"generationConfig":{"imageConfig":{"outputMimeType":"image/png"}}}""",
        "not supported in Gemini API")]
    [InlineData("""{"generationConfig":{"imageConfig":{"outputCompressionQuality":90}}}""",
        "not supported in Gemini API")]
    [InlineData("""{"generationConfig":{"imageConfig":{"imageOutputOptions":{}}}}""", "not supported in Gemini API")]
    [InlineData("""{"generationConfig":{"imageConfig":{"prominentPeople":"BLOCK"}}}""", "not supported in Gemini API")]
    [InlineData("""{"safetySettings":[{"category":"HARM_CATEGORY_HARASSMENT"}]}""", "threshold")]
    [InlineData("""{"safetySettings":[{"category":"X","threshold":"BLOCK_NONE"}]}""", "category")]
    [InlineData("""{"safetySettings":[{"category":"HARM_CATEGORY_HARASSMENT","threshold":"X"}]}""", "threshold")]
    public async Task Body_WithFlaw_IsInvalidArgumentAndNamesIt(string change, string message)
    {
        await using var sandbox = await SandboxRun.Start();
        var body = GeminiRequests.Body();
        foreach (var (name, value) in JsonNode.Parse(change)!.AsObject())
            body[name] = value?.DeepClone();

        var reply = await sandbox.Generate(body);

        AssertError(reply, 400, "INVALID_ARGUMENT");
        Assert.Contains(message, reply.Error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gemini-3.1-flash-image", """{"aspectRatio":"1:8","imageSize":"4K"}""", 200)]
    [InlineData("gemini-3-pro-image", """{"aspectRatio":"21:9","imageSize":"1K"}""", 200)]
    [InlineData("gemini-3-pro-image", """{"aspectRatio":"1:8"}""", 400)]
    [InlineData("gemini-3-pro-image", """{"imageSize":"8K"}""", 400)]
    [InlineData("gemini-2.5-flash-image", """{"aspectRatio":"4:5"}""", 200)]
    public async Task ImageConfig_ByModel_IsHeldToItsTable(string model, string config, int status)
    {
        await using var sandbox = await SandboxRun.Start();
        var body = GeminiRequests.Body();
        body["generationConfig"] = new JsonObject { ["imageConfig"] = JsonNode.Parse(config) };

        Assert.Equal(status, (await sandbox.Generate(body, model)).Status);
    }

    [Fact]
    public async Task MimeType_OfAnotherFormat_IsRefused()
    {
        await using var sandbox = await SandboxRun.Start();
        var body = GeminiRequests.Body();
        GeminiRequests.Parts(body)[1] = GeminiRequests.Image("image/jpeg", Samples.Person);

        AssertError(await sandbox.Generate(body), 400, "INVALID_ARGUMENT");
    }

    [Theory]
    [InlineData(14, 200)]
    [InlineData(15, 400)]
    public async Task Pictures_Count_IsAtMost14(int count, int status)
    {
        await using var sandbox = await SandboxRun.Start();
        var body = GeminiRequests.Body();
        while (GeminiRequests.Parts(body).Count < count + 1)
            GeminiRequests.Parts(body).Add(GeminiRequests.Image("image/png", Samples.Garment));

        Assert.Equal(status, (await sandbox.Generate(body, "gemini-3-pro-image")).Status);
    }

    [Theory]
    [InlineData(0, 200)]
    [InlineData(1, 400)]
    public async Task Body_OfTheLimitAndOneMore_IsTakenAndRefused(int over, int status)
    {
        const int BytesMax = 20 * 1024 * 1024;
        await using var sandbox = await SandboxRun.Start();
        var body = GeminiRequests.Body().ToJsonString();

        var reply = await sandbox.Send(GeminiRequests.Request(body + new string(' ', BytesMax + over - body.Length)));

        Assert.Equal(status, reply.Status);
    }

    [Theory]
    [InlineData("text/plain", "{}")]
    [InlineData("application/json", "{")]
    [InlineData("application/json", "[]")]
    public async Task Body_NotAJsonObject_IsInvalidArgument(string contentType, string body)
    {
        await using var sandbox = await SandboxRun.Start();
        var request = GeminiRequests.Request(body);
        request.Content!.Headers.ContentType = new(contentType);

        AssertError(await sandbox.Send(request), 400, "INVALID_ARGUMENT");
    }

    private static void AssertError(Reply reply, int code, string status)
    {
        Assert.Equal(code, reply.Status);
        Assert.Equal(code, reply.Error.GetProperty("code").GetInt32());
        Assert.Equal(status, reply.Error.GetProperty("status").GetString());
    }
}
