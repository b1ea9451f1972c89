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

        Assert.Equal("succeeded", (await account.WaitUntilEnded(id)).Text("status"));

        await account.WaitUntilSettled();
        Assert.Equal("grant reserve capture", await account.StatementKinds());
        Assert.All(
            await scene.Relay.CallbacksOf(id, callbacks),
            carried => Assert.Equal((200, ""), (carried.Answer!.Status, carried.Answer.Text)));
    }

    /// <summary>
    /// The upstream is polled only after minutes, so an accepted hint would be noticed. Such callbacks must not use up
    /// the hint budget of the attempt either.
    /// </summary>
    [Fact]
    public async Task Callback_ThatATaskRuns_AsksNothing()
    {
        var (account, id, held) = await scene.Hold();

        for (var repeat = 0; repeat < 20; repeat++)
            Assert.Equal(200, (await scene.Relay.Post(held[0])).Status);
        // Waits for as long as another whole job takes, with its hint, its poll and its picture.
        var (other, later) = await scene.Begin("fashn/tryon-v1-6");
        await other.WaitUntilEnded(later);

        Assert.Equal("processing", (await account.Get($"/api/v1/tryon/{id}")).Json.Text("status"));
        await scene.Relay.Post(held[1]);
        Assert.Equal("succeeded", (await account.WaitUntilEnded(id)).Text("status"));
    }

    [Theory]
    [InlineData("duplicate")]
    [InlineData("reorder")]
    public async Task Callbacks_TwiceOrOutOfOrder_AreOneCapture(string action)
    {
        await scene.Gateway.InjectFault(new { provider = "kling", operation = "callback", action, times = 1 });

        var (account, id) = await scene.Begin();

        Assert.Equal("succeeded", (await account.WaitUntilEnded(id)).Text("status"));
        await account.WaitUntilSettled();
        Assert.Equal(("grant reserve capture", 1), (await account.StatementKinds(), await scene.Submits(id)));
    }

    [Fact]
    public async Task Callback_RepeatedAfterTheEnd_ChangesNothing()
    {
        var (account, id) = await scene.Begin();
        await account.WaitUntilEnded(id);
        await account.WaitUntilSettled();
        var (view, story) = ((await account.Get($"/api/v1/tryon/{id}")).Text, await account.StatementKinds());

        var callback = (await scene.Relay.CallbacksOf(id, 2))[1];
        for (var repeat = 0; repeat < 20; repeat++)
            Assert.Equal(200, (await scene.Relay.Post(callback)).Status);

        Assert.Equal((view, story), ((await account.Get($"/api/v1/tryon/{id}")).Text, await account.StatementKinds()));
        Assert.Equal(1, await scene.Submits(id));
    }

    /// <summary>Upstreams that were given no callback address make no callbacks.</summary>
    [Fact]
    public async Task Gateway_WithoutAPublicAddress_AsksForNoCallback()
    {
        var gateway = new LiveGateway { AllProviders = true };
        await gateway.InitializeAsync();
        var account = await gateway.Run.Open(mode: "live");

        foreach (var model in new[] { Requests.Kling, "fal/flux-kontext", "fashn/tryon-v1-6" })
            await account.WaitUntilEnded((await account.TryOn(Requests.Good(model))).Json.Text("id"));

        Assert.Equal(
            ["submit", "submit", "submit"], (await gateway.WitnessLog()).Select(line => line.Text("operation")));
        await gateway.DisposeAsync();
    }
}
