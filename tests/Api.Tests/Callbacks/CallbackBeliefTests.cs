using System.Text;

namespace TryOn.Api.Tests.Callbacks;

public sealed class CallbackBeliefTests(CallbackScene scene) : IClassFixture<CallbackScene>
{
    private const string Canary = "canary-in-a-callback";

    /// <summary>
    /// The content of a callback is not trusted: no picture of another job is fetched, and no failure is reported.
    /// </summary>
    [Theory]
    [InlineData("""{"task_id":"1","task_status":"failed","task_status_msg":"canary-in-a-callback"}""")]
    [InlineData(
        """{"task_id":"1","task_status":"succeed","task_result":{"images":[{"url":"http://canary-in-a-callback.test/1.png"}]}}""")]
    [InlineData("canary-in-a-callback")]
    [InlineData("")]
    public async Task Callback_WhateverItSays_OnlyPollsSooner(string lie)
    {
        var (account, id, held) = await scene.Hold();

        var reply = await scene.Relay.Post(held[1] with { Body = Encoding.UTF8.GetBytes(lie) });

        Assert.Equal((200, ""), (reply.Status, reply.Text));
        Assert.Equal("succeeded", (await account.WaitUntilEnded(id)).Text("status"));
        await account.WaitUntilSettled();
        Assert.Equal("grant reserve capture", await account.StatementKinds());
        Assert.DoesNotContain(Canary, (await account.Get($"/api/v1/tryon/{id}")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, scene.Gateway.Run.Logs.Text, StringComparison.Ordinal);
    }
}
