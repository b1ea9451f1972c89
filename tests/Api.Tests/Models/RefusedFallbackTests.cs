namespace TryOn.Api.Tests.Models;

/// <summary>
/// A request that a content policy refuses is not sent to another provider, unless the operator configures it.
/// </summary>
public sealed class RefusedFallbackTests
{
    [Theory]
    [InlineData(null, 422, "grant reserve release")]
    [InlineData("true", 200, "grant reserve capture")]
    public async Task Refusal_ByAContentPolicy_FallsBackOnlyWhereConfigured(
        string? whenRefused, int status, string story)
    {
        var gateway = new LiveGateway();
        gateway.Overrides["TryOn:Fallbacks:WhenRefused"] = whenRefused;
        await gateway.InitializeAsync();
        await gateway.InjectFault(
            new { provider = "kling", operation = "submit", action = "fail_task", body = "content policy" });
        var account = await gateway.Run.Open(mode: "live");

        var body = Requests.Chat(Requests.Kling).With($$"""{ "models": ["{{Requests.Gemini}}"] }""");
        var reply = await account.Chat(Requests.Json(body));

        Assert.Equal(status, reply.Status);
        await account.WaitUntilSettled();
        Assert.Equal(story, await account.StatementKinds());
        await gateway.DisposeAsync();
    }
}
