namespace TryOn.Api.Tests.Callbacks;

public sealed class CallbackTests(CallbackScene scene) : IClassFixture<CallbackScene>
{
    [Theory]
    [InlineData(Requests.Kling, 2)]
    [InlineData("fal/flux-kontext", 1)]
    [InlineData("fashn/tryon-v1-6", 1)]
    public async Task Callback_OfATaskThatIsOver_EndsItsJob(string model, int callbacks)
    {
        var (account, id) = await scene.Begin(model);

        Assert.Equal("succeeded", (await account.Ended(id)).Text("status"));

        await account.Settled();
        Assert.Equal("grant reserve capture", await account.Story());
        Assert.All(
            await scene.Relay.Of(id, callbacks),
            carried => Assert.Equal((200, ""), (carried.Answer!.Status, carried.Answer.Text)));
    }

    /// <summary>The upstream is asked in minutes, so a hint would show; and such callbacks use up none of an attempt's.</summary>
    [Fact]
    public async Task Callback_ThatATaskRuns_AsksNothing()
    {
        var (account, id, held) = await scene.Hold();

        for (var repeat = 0; repeat < 20; repeat++)
            Assert.Equal(200, (await scene.Relay.Post(held[0])).Status);
        // As long as a whole other job takes, with its hint, its question and its picture.
        var (other, later) = await scene.Begin("fashn/tryon-v1-6");
        await other.Ended(later);

        Assert.Equal("processing", (await account.Get($"/api/v1/tryon/{id}")).Json.Text("status"));
        await scene.Relay.Post(held[1]);
        Assert.Equal("succeeded", (await account.Ended(id)).Text("status"));
    }

    [Theory]
    [InlineData("duplicate")]
    [InlineData("reorder")]
    public async Task Callbacks_TwiceOrOutOfOrder_AreOneCapture(string action)
    {
        await scene.Gateway.Trouble(new { provider = "kling", operation = "callback", action, times = 1 });

        var (account, id) = await scene.Begin();

        Assert.Equal("succeeded", (await account.Ended(id)).Text("status"));
        await account.Settled();
        Assert.Equal(("grant reserve capture", 1), (await account.Story(), await scene.Submits(id)));
    }

    [Fact]
    public async Task Callback_RepeatedAfterTheEnd_ChangesNothing()
    {
        var (account, id) = await scene.Begin();
        await account.Ended(id);
        await account.Settled();
        var (view, story) = ((await account.Get($"/api/v1/tryon/{id}")).Text, await account.Story());

        var callback = (await scene.Relay.Of(id, 2))[1];
        for (var repeat = 0; repeat < 20; repeat++)
            Assert.Equal(200, (await scene.Relay.Post(callback)).Status);

        Assert.Equal((view, story), ((await account.Get($"/api/v1/tryon/{id}")).Text, await account.Story()));
        Assert.Equal(1, await scene.Submits(id));
    }

    /// <summary>Nobody told the upstreams where to call back, so none did.</summary>
    [Fact]
    public async Task Gateway_WithoutAPublicAddress_AsksForNoCallback()
    {
        var gateway = new LiveGateway { All = true };
        await gateway.InitializeAsync();
        var account = await gateway.Run.Open(mode: "live");

        foreach (var model in new[] { Requests.Kling, "fal/flux-kontext", "fashn/tryon-v1-6" })
            await account.Ended((await account.TryOn(Requests.Good(model))).Json.Text("id"));

        Assert.Equal(["submit", "submit", "submit"], (await gateway.Witness()).Select(line => line.Text("operation")));
        await gateway.DisposeAsync();
    }
}
