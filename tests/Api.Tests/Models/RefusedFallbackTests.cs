namespace TryOn.Api.Tests.Models;

/// <summary>What a content policy refuses is asked of nobody else, unless the operator wants it so.</summary>
public sealed class RefusedFallbackTests
{
    [Theory]
    [InlineData(null, 422, "grant reserve release")]
    [InlineData("true", 200, "grant reserve capture")]
    public async Task Refusal_IsTakenElsewhere_OnlyWhereConfigured(string? whenRefused, int status, string story)
    {
        var gateway = new LiveGateway();
        gateway.More["TryOn:Fallbacks:WhenRefused"] = whenRefused;
        await gateway.InitializeAsync();
        await gateway.Trouble(new { provider = "kling", operation = "submit", action = "fail_task", body = "content policy" });
        var account = await gateway.Run.Open(mode: "live");

        var body = Requests.Chat(Requests.Kling).With($$"""{ "models": ["{{Requests.Gemini}}"] }""");
        var reply = await account.Chat(Requests.Json(body));

        Assert.Equal(status, reply.Status);
        await account.Settled();
        Assert.Equal(story, await account.Story());
        await gateway.DisposeAsync();
    }
}
