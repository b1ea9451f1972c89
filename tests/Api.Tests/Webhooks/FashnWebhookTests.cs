using System.Text.Json;
using TryOn.Api.Tests.Dialects;

namespace TryOn.Api.Tests.Webhooks;

/// <summary>FASHN's clients get one webhook per request, in FASHN's form.</summary>
public sealed class FashnWebhookTests : IAsyncLifetime
{
    private static readonly Dialect Surface = Dialect.Named(Dialect.Fashn);

    private readonly LiveGateway _gateway = new() { Overrides = { ["TryOn:Egress:Allow:0"] = "127.0.0.0/8" } };
    private Receiver _receiver = null!;

    public async Task InitializeAsync()
    {
        _receiver = await Receiver.Start();
        await _gateway.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Theory]
    [InlineData("{}", 1)]
    [InlineData("""{"num_samples": 3}""", 3)]
    public async Task Webhook_OfARun_IsItsStatusOnce(string fields, int pictures)
    {
        var account = await _gateway.Run.Open();
        var id = await Begin(account, fields);
        var job = await Surface.Ended(account, id);
        var got = await _receiver.Next();
        Assert.Equal($"msg_{id}", got.Id);
        Assert.Equal(job.ToString(), got.Text);
        Assert.Equal(("completed", pictures), (got.Json.Text("status"), got.Json.List("output").Count));
        await Delivered(account, id);
        Assert.Single(_receiver.Deliveries);
    }

    [Fact]
    public async Task Webhook_OfARunThatWantsBase64_HoldsItsPictures()
    {
        var account = await _gateway.Run.Open();
        var id = await Begin(account, """{"num_samples": 2, "return_base64": true}""");
        var job = await Surface.Ended(account, id);
        var got = (await _receiver.Next()).Json.List("output").Select(output => output.GetString()!).ToList();
        Assert.All(got, output => Assert.StartsWith("data:image/png;base64,iVBOR", output, StringComparison.Ordinal));
        Assert.Equal(job.List("output").Select(output => output.GetString()), got);
        Assert.Equal(2, got.Count);
        await Delivered(account, id);
    }

    [Fact]
    public async Task Webhook_OfARunThatFails_TellsItsError()
    {
        await _gateway.InjectFault(
            new { provider = "kling", operation = "submit", action = "fail_task", body = "content policy" });
        var account = await _gateway.Run.Open(mode: "live");
        var id = await Begin(account, """{"num_samples": 2}""");
        var got = (await _receiver.Next()).Json;
        Assert.Equal(
            ("failed", id, JsonValueKind.Null),
            (got.Text("status"), got.Text("id"), got.GetProperty("output").ValueKind));
        Assert.Equal("ContentModerationError", got.GetProperty("error").Text("name"));
        await Delivered(account, id);
        Assert.Single(_receiver.Deliveries);
    }

    /// <summary>The account's own receiver expects the gateway's own form.</summary>
    [Fact]
    public async Task Webhook_OfTheAccount_KeepsItsForm()
    {
        var account = await _gateway.Run.Open();
        await _gateway.Run.Send(
            HttpMethod.Put, "/api/v1/webhooks", account.Key, Requests.Json(new { url = _receiver.Address }));
        await Surface.Ended(account, Dialect.IdOf(await Surface.Begin(account)));
        Assert.Equal("tryon.completed", (await _receiver.Next()).Json.Text("type"));
    }

    private async Task<string> Begin(TestAccount account, string fields)
    {
        var body = Requests.Json(new { model_name = "tryon-v1.6", inputs = Dialect.Clothes.With(fields) });
        return Dialect.IdOf(await account.Post($"/v1/run?webhook_url={Uri.EscapeDataString(_receiver.Address)}", body));
    }

    private static Task Delivered(TestAccount account, string id) => TestAccount.Until(
        async () => (await account.Get($"/api/v1/tryon/{id}/webhook")) is { Status: 200, Json: var log }
            && log.Text("status") == "delivered",
        () => $"the webhook of {id} is not delivered");
}
