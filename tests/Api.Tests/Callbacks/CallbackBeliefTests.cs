using System.Text;

namespace TryOn.Api.Tests.Callbacks;

public sealed class CallbackBeliefTests(CallbackScene scene) : IClassFixture<CallbackScene>
{
    private const string Canary = "canary-in-a-callback";

    /// <summary>What a callback says is not believed: another's picture is not fetched, and no failure is told.</summary>
    [Theory]
    [InlineData("""{"task_id":"1","task_status":"failed","task_status_msg":"canary-in-a-callback"}""")]
    [InlineData("""{"task_id":"1","task_status":"succeed","task_result":{"images":[{"url":"http://canary-in-a-callback.test/1.png"}]}}""")]
    [InlineData("canary-in-a-callback")]
    [InlineData("")]
    public async Task Callback_WhateverItSays_OnlyAsksSooner(string lie)
    {
        var (account, id, held) = await scene.Hold();

        var reply = await scene.Relay.Post(held[1] with { Body = Encoding.UTF8.GetBytes(lie) });

        Assert.Equal((200, ""), (reply.Status, reply.Text));
        Assert.Equal("succeeded", (await account.Ended(id)).Text("status"));
        await account.Settled();
        Assert.Equal("grant reserve capture", await account.Story());
        Assert.DoesNotContain(Canary, (await account.Get($"/api/v1/tryon/{id}")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, scene.Gateway.Run.Logs.Text, StringComparison.Ordinal);
    }
}
