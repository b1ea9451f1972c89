using TryOn.Api.Tests.Dialects;
using TryOn.Providers.Callbacks;

namespace TryOn.Api.Tests.Webhooks;

/// <summary>Webhooks at the end of jobs.</summary>
public sealed partial class WebhookTests : IAsyncLifetime
{
    private Receiver _receiver = null!;
    private GatewayRun _run = null!;

    public async Task InitializeAsync()
    {
        _receiver = await Receiver.Start();
        _run = await GatewayRun.Start(Settings);
    }

    public async Task DisposeAsync()
    {
        await _run.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    private static Dictionary<string, string?> Settings => new() { ["TryOn:Egress:Allow:0"] = "127.0.0.0/8" };

    [Fact]
    public async Task Webhook_OfARequest_IsTheSignedJob()
    {
        var account = await _run.Open();
        var id = (await account.TryOn(Good(_receiver.Address))).Json.Text("id");
        var got = await _receiver.Next();
        Assert.Equal(($"msg_{id}", "tryon.completed"), (got.Id, got.Json.Text("type")));
        var job = (await account.Get($"/api/v1/tryon/{id}")).Json;
        Assert.Equal(job.ToString(), got.Json.GetProperty("data").ToString());
        Assert.True(await Signed(account, got));
        Assert.False(await Signed(account, got with { Body = [.. got.Body, (byte)' '] }));
        Assert.False(await Signed(account, got with { Id = "msg_other" }));
    }

    [Fact]
    public async Task Webhook_OfTheAccount_IsSentForEveryJob()
    {
        var account = await _run.Open();
        var set = await _run.Send(
            HttpMethod.Put, "/api/v1/webhooks", account.Key, Requests.Json(new { url = _receiver.Address }));
        Assert.Equal((200, _receiver.Address), (set.Status, set.Json.Text("url")));
        var id = (await account.TryOn(Requests.Good(Requests.Kling))).Json.Text("id");
        Assert.Equal($"msg_{id}", (await _receiver.Next()).Id);
    }

    [Fact]
    public async Task Webhook_OfSeveralPictures_TellsOfThemOnce()
    {
        var account = await _run.Open();
        await _run.Send(
            HttpMethod.Put, "/api/v1/webhooks", account.Key, Requests.Json(new { url = _receiver.Address }));
        var id = (await account.Post("/api/v1/tryon/clothes", Requests.Json(Dialect.Clothes.With(
            """{"num_samples": 3}""")))).Json.Text("id");
        var got = await _receiver.Next();
        Assert.Equal($"msg_{id}", got.Id);
        Assert.Equal(
            (await account.Get($"/api/v1/tryon/{id}")).Json.ToString(), got.Json.GetProperty("data").ToString());
        Assert.Equal(3, got.Json.GetProperty("data").List("output").Count);
        await Until(account, id, "delivered");
        Assert.Single(_receiver.Deliveries);
    }

    [Fact]
    public async Task Webhook_RefusedAtFirst_IsSentAgainWithTheSameBytes()
    {
        _receiver.Status = 500;
        var account = await _run.Open();
        var id = (await account.TryOn(Good(_receiver.Address))).Json.Text("id");
        var first = await _receiver.Next();
        _receiver.Status = 200;
        var second = await _receiver.Next(1);
        Assert.Equal((first.Id, first.Text), (second.Id, second.Text));
        await Until(account, id, "delivered");
        var log = (await account.Get($"/api/v1/tryon/{id}/webhook")).Json;
        Assert.Equal([500, 200], log.List("tries").Select(each => each.Number("status")));
    }

    [Fact]
    public async Task Webhook_Redelivered_IsSentOnceMore()
    {
        var account = await _run.Open();
        var id = (await account.TryOn(Good(_receiver.Address))).Json.Text("id");
        await Until(account, id, "delivered");
        Assert.Equal(202, (await account.Post($"/api/v1/tryon/{id}/webhook/redeliver", content: null)).Status);
        Assert.Equal((await _receiver.Next()).Text, (await _receiver.Next(1)).Text);
    }

    [Fact]
    public async Task Secret_Rotated_SignsWithBothForAWhile()
    {
        var account = await _run.Open();
        var old = (await account.Get("/api/v1/webhooks")).Json.Text("secret");
        var rotated = (await account.Post("/api/v1/webhooks/rotate", content: null)).Json.Text("secret");
        Assert.NotEqual(old, rotated);
        await account.TryOn(Good(_receiver.Address));
        var got = await _receiver.Next();
        Assert.True(Signed(old, got) && Signed(rotated, got));
        Assert.Equal(rotated, (await account.Post("/api/v1/webhooks/rotate", content: null)).Json.Text("secret"));
    }

    [Theory]
    [InlineData("http://shop.example/hook")]
    [InlineData("ftp://shop.example/hook")]
    [InlineData("https://user@shop.example/hook")]
    [InlineData("https://10.0.0.1/hook")]
    [InlineData("https://[::1]/hook")]
    [InlineData("https://0x7f.1/hook")]
    [InlineData("https://localhost/hook")]
    [InlineData("nonsense")]
    public async Task Address_ThatNoneMaySendTo_IsRefused(string url)
    {
        var account = await _run.Open();
        var reply = await account.AssertUnchanged(() => account.TryOn(Good(url)));
        Envelope.Check(reply, 400, "BadRequest", "invalid_request", "webhook_url");
    }

    /// <summary>
    /// A name is resolved only when a webhook is sent, and the account learns no more than that the address is
    /// unreachable.
    /// </summary>
    [Fact]
    public async Task Address_ThatLeadsNowhere_IsUnreachable()
    {
        var account = await _run.Open();
        var id = (await account.TryOn(Good("https://shop.invalid/hook"))).Json.Text("id");
        await Until(account, id, "pending", tries: 1);
        var log = (await account.Get($"/api/v1/tryon/{id}/webhook")).Json;
        Assert.Equal("unreachable", log.List("tries")[0].Text("failure"));
    }

    [Fact]
    public async Task Delivery_OfAJobWithoutWebhook_IsNotFound()
    {
        var account = await _run.Open();
        var id = (await account.TryOn(Requests.Good())).Json.Text("id");
        Assert.Equal(404, (await account.Get($"/api/v1/tryon/{id}/webhook")).Status);
        Assert.Equal(404, (await account.Post($"/api/v1/tryon/{id}/webhook/redeliver", content: null)).Status);
    }

    private static HttpContent Good(string url) => Requests.Good(Requests.Gemini, ("webhook_url", url));

    private static async Task<bool> Signed(TestAccount account, Received got) =>
        Signed((await account.Get("/api/v1/webhooks")).Json.Text("secret"), got);

    private static bool Signed(string secret, Received got) =>
        new StandardWebhook(secret, TimeProvider.System).Verify(got.Id, got.Timestamp, got.Signature, got.Body);

    private static Task Until(TestAccount account, string id, string status, int tries = 0) => TestAccount.Until(
        async () => (await account.Get($"/api/v1/tryon/{id}/webhook")) is { Status: 200, Json: var log }
            && log.Text("status") == status && log.Number("sends") >= tries,
        () => $"the webhook of {id} is not {status}");
}
