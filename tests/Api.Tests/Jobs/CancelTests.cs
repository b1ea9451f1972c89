namespace TryOn.Api.Tests.Jobs;

/// <summary>Canceling over HTTP, and the limits on how long a caller waits.</summary>
public sealed class CancelTests : IAsyncLifetime
{
    private readonly LiveGateway _gateway = new() { Overrides = { ["TryOn:Providers:Kling:ConcurrencyMax"] = "1" } };

    public Task InitializeAsync() => _gateway.InitializeAsync();

    public Task DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Cancel_InTheQueue_IsFreeAndSaysSo()
    {
        var (account, first) = await Slow();
        var queued = (await account.TryOn(Requests.Good(Requests.Kling, ("prompt", "another")))).Json.Text("id");
        var reply = await _gateway.Run.Send(HttpMethod.Delete, $"/api/v1/tryon/{queued}", account.Key);
        Assert.Equal(
            (200, "canceled", "canceled"), (reply.Status, reply.Json.Text("outcome"), reply.Json.Text("status")));
        Assert.False(reply.Json.GetProperty("may_be_charged").GetBoolean());
        var again = await account.Post($"/api/v1/tryon/{queued}/cancel", content: null);
        Assert.Equal((200, "canceled"), (again.Status, again.Json.Text("outcome")));
        await _gateway.ClearFaults();
        await account.WaitUntilEnded(first);
        Assert.Equal(9, (await account.WaitUntilSettled()).Number("available"));
    }

    [Fact]
    public async Task Cancel_OnceTheModelHasBegun_SaysThatItMayBeCharged()
    {
        var (account, id) = await Slow();
        var reply = await account.Post($"/api/v1/tryon/{id}/cancel", content: null);
        Assert.Equal(
            (202, "requested", "processing"), (reply.Status, reply.Json.Text("outcome"), reply.Json.Text("status")));
        Assert.True(reply.Json.GetProperty("may_be_charged").GetBoolean());
        await _gateway.ClearFaults();
        Assert.Equal("succeeded", (await account.WaitUntilEnded(id)).Text("status"));
        Assert.Equal(9, (await account.WaitUntilSettled()).Number("available"));
        var late = await account.Post($"/api/v1/tryon/{id}/cancel", content: null);
        Assert.Equal(
            (200, "too_late", "succeeded"), (late.Status, late.Json.Text("outcome"), late.Json.Text("status")));
    }

    [Fact]
    public async Task Cancel_OfAnothersJob_IsNotFound()
    {
        var (account, id) = await Slow();
        var stranger = await _gateway.Run.Open(mode: "live");
        Assert.Equal(404, (await stranger.Post($"/api/v1/tryon/{id}/cancel", content: null)).Status);
        await _gateway.ClearFaults();
        Assert.Equal("succeeded", (await account.WaitUntilEnded(id)).Text("status"));
    }

    [Fact]
    public async Task CancelAfter_InTheQueue_CancelsByItself()
    {
        var (account, _) = await Slow();
        var reply = await Send(account, Requests.Good(Requests.Kling, ("prompt", "another")), ("Cancel-After", "1s"));
        var job = await account.WaitUntilEnded(reply.Json.Text("id"));
        Assert.Equal(("canceled", 0), (job.Text("status"), job.Number("credits")));
        Assert.Equal("canceled", job.GetProperty("error").Text("name"));
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("0s")]
    [InlineData("2h")]
    [InlineData("-5")]
    public async Task CancelAfter_ThatIsNoTime_IsRefused(string text)
    {
        var account = await _gateway.Run.Open(mode: "live");
        Assert.Equal(
            400, (await account.AssertUnchanged(
                () => Send(account, Requests.Good(Requests.Kling), ("Cancel-After", text)))).Status);
    }

    [Fact]
    public async Task Prefer_Wait_AnswersWithThePictureOrInTime()
    {
        var account = await _gateway.Run.Open(mode: "live");
        var quick = await Send(account, Requests.Good(Requests.Kling), ("Prefer", "wait=20"));
        Assert.Equal(
            (200, "succeeded", "wait=20"),
            (quick.Status, quick.Json.Text("status"), quick.Header("Preference-Applied")));
        await Trouble();
        var slow = await Send(
            account, Requests.Good(Requests.Kling, ("prompt", "slow")), ("Prefer", "respond-async, wait=1"));
        Assert.Equal(202, slow.Status);
        var job = slow.Json;
        var path = $"/api/v1/tryon/{job.Text("id")}";
        Assert.Equal(
            (_gateway.Run.Address + path[1..] + "/cancel", _gateway.Run.Address + path[1..] + "/events"),
            (job.Text("cancel_url"), job.Text("events_url")));
        Assert.Equal($"ws://{_gateway.Run.Address.Authority}{path}/ws", job.Text("ws_url"));
        Assert.True(job.Number("remaining_seconds") >= 1);
    }

    private Task Trouble() =>
        _gateway.InjectFault(new { provider = "kling", operation = "poll", action = "delay", delay_ms = 2_500 });

    /// <summary>Starts a job that runs at its upstream for a while.</summary>
    private async Task<(TestAccount Account, string Id)> Slow()
    {
        await Trouble();
        var account = await _gateway.Run.Open(mode: "live");
        var id = (await account.TryOn(Requests.Good(Requests.Kling))).Json.Text("id");
        await TestAccount.Until(
            async () => (await account.Get($"/api/v1/tryon/{id}")).Json.Text("status") == "processing",
            () => $"{id} waits");
        return (account, id);
    }

    private async Task<Reply> Send(
        TestAccount account, HttpContent content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/tryon") { Content = content };
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {account.Key}");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await _gateway.Run.Send(request);
    }
}
