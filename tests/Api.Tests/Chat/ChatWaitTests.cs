using System.Text;

namespace TryOn.Api.Tests.Chat;

/// <summary>What a client receives from a gateway that is slow, failing or shutting down.</summary>
public sealed class ChatWaitTests : IAsyncLifetime
{
    private readonly LiveGateway _gateway = new()
    {
        Overrides =
        {
            ["TryOn:Limits:Heartbeat"] = "00:00:00.050",
            ["TryOn:Limits:KeepAliveAfter"] = "00:00:00.200",
        },
    };

    public Task InitializeAsync() => _gateway.InitializeAsync();

    public Task DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Stream_OfASlowModel_ShowsLifeMeanwhile()
    {
        var account = await Slow(1_000);
        var frames = Frames.Parse(await account.Chat(Body(stream: true)));
        Assert.InRange(frames.Comments.Count, 8, 60);
        Assert.Contains(frames.Data, frame =>
            frame.TryGetProperty("tryon", out var progress) && progress.Text("status") == "processing");
        Assert.True(frames.Done);
    }

    [Fact]
    public async Task Answer_OfASlowModel_IsJsonAfterBlanks()
    {
        var account = await Slow(1_000);
        var reply = await account.Chat(Body(stream: false));
        Assert.StartsWith("  ", reply.Text, StringComparison.Ordinal);
        Assert.Equal(
            ("application/json; charset=utf-8", "chat.completion"),
            (reply.Header("Content-Type"), reply.Json.Text("object")));
    }

    [Fact]
    public async Task Answer_ThatFailsLate_SaysSoInItsBody()
    {
        await _gateway.InjectFault(new { provider = "gemini", operation = "submit", action = "status", status = 503 });
        var account = await _gateway.Run.Open(mode: "live");
        var reply = await account.Chat(Body(stream: false));
        Assert.Equal((200, "provider_failed"), (reply.Status, Name(reply.Json.GetProperty("error"))));
        Assert.Equal(10, (await account.WaitUntilSettled()).Number("available"));
    }

    [Fact]
    public async Task Stream_WhoseJobFails_EndsWithItsErrorAndCostsNothing()
    {
        await _gateway.InjectFault(
            new { provider = "kling", operation = "submit", action = "fail_task", body = "content policy" });
        var account = await _gateway.Run.Open(mode: "live");
        var frames = Frames.Parse(await account.Chat(Body(stream: true, Requests.Kling)));
        var last = frames.Data[^1];
        Assert.Equal(
            (422, "content_moderated"), (last.GetProperty("error").Number("code"), Name(last.GetProperty("error"))));
        Assert.Equal("error", Assert.Single(last.List("choices")).Text("finish_reason"));
        Assert.False(frames.Done);
        Assert.Equal(10, (await account.WaitUntilSettled()).Number("available"));
    }

    [Fact]
    public async Task Stream_OfADepartingGateway_SaysThatItIsGoing()
    {
        var account = await Slow(30_000);
        using var response = await Begin(account);
        await using var body = await response.Content.ReadAsStreamAsync();
        var first = new byte[1];
        await body.ReadExactlyAsync(first);
        var stopping = _gateway.Run.Stop();
        using var text = new MemoryStream();
        await body.CopyToAsync(text);
        await stopping;
        var last = Encoding.UTF8.GetString(text.ToArray()).TrimEnd().Split('\n')[^1];
        Assert.Contains("\"code\":503", last, StringComparison.Ordinal);
        Assert.Contains("going away", last, StringComparison.Ordinal);
    }

    private Task<HttpResponseMessage> Begin(TestAccount account)
    {
        var request = new HttpRequestMessage(
            HttpMethod.Post, "/api/v1/chat/completions") { Content = Body(stream: true) };
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {account.Key}");
        return _gateway.Run.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    private static HttpContent Body(bool stream, string model = Requests.Gemini) =>
        Requests.Json(Requests.Chat(model).With($$"""{"stream": {{(stream ? "true" : "false")}}}"""));

    private static string Name(System.Text.Json.JsonElement error) => error.GetProperty("metadata").Text("name");

    private async Task<TestAccount> Slow(int delayMs)
    {
        await _gateway.InjectFault(
            new { provider = "gemini", operation = "submit", action = "delay", delay_ms = delayMs });
        return await _gateway.Run.Open(mode: "live");
    }
}
