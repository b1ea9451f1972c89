using System.Text.Json;

namespace TryOn.Api.Tests.Chat;

[Collection(Shared.Name)]
public sealed class ChatStreamTests(SharedGateway gateway)
{
    [Theory]
    [InlineData(Requests.Kling)]
    [InlineData(Requests.Gemini)]
    public async Task Stream_OfOnePicture_IsWhatStrictClientsTake(string model)
    {
        var account = await gateway.Run.Open(credits: 3);
        var frames = Frames.Parse(await Stream(account, model));
        Assert.True(frames.Done);
        Assert.Equal(": TRYON PROCESSING", frames.Comments[0]);
        Assert.All(frames.Data, frame => Assert.Equal("chat.completion.chunk", frame.Text("object")));
        Assert.Single(
            frames.Deltas, delta => delta.TryGetProperty("role", out var role) && role.GetString() == "assistant");
        Assert.Single(frames.Choices, choice => choice.GetProperty("finish_reason").ValueKind != JsonValueKind.Null);
        Assert.Equal("stop", frames.Choices.Last().Text("finish_reason"));
        Assert.Equal(1, frames.Images.GetArrayLength());
    }

    [Fact]
    public async Task Stream_BeforeItsEnd_SaysWhatItCost()
    {
        var account = await gateway.Run.Open(credits: 3);
        var frames = Frames.Parse(await Stream(account, Requests.Gemini));
        var usage = Assert.Single(frames.Data, frame => frame.TryGetProperty("usage", out _));
        Assert.Empty(usage.List("choices"));
        Assert.Equal(1, usage.GetProperty("usage").Number("cost"));
        Assert.Equal(usage.ToString(), frames.Data[^1].ToString());
    }

    [Fact]
    public async Task Stream_OfTwoPictures_HasBothInOneDelta()
    {
        var account = await gateway.Run.Open(credits: 3);
        var frames = Frames.Parse(await Stream(account, Requests.Gemini, """{"n": 2}"""));
        Assert.Equal(2, frames.Images.GetArrayLength());
        Assert.Equal([0, 1], frames.Images.EnumerateArray().Select(image => image.Number("index")));
        Assert.Equal(1, (await account.WaitUntilSettled()).Number("available"));
    }

    [Fact]
    public async Task Stream_OnItsWay_IsNotHeldBackByProxies()
    {
        var account = await gateway.Run.Open();
        var reply = await Stream(account, Requests.Gemini);
        Assert.Equal(("no-cache", "no"), (reply.Header("Cache-Control"), reply.Header("X-Accel-Buffering")));
        Assert.Equal(Frames.Parse(reply).Data[0].Text("id"), reply.Header("X-Generation-Id"));
    }

    private static Task<Reply> Stream(TestAccount account, string model, string fields = "{}") =>
        account.Chat(Requests.Json(Requests.Chat(model).With(fields).With("""{"stream": true}""")));
}
