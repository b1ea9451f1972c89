namespace TryOn.Api.Tests.Webhooks;

/// <summary>State that a restart must not lose.</summary>
public sealed partial class WebhookTests
{
    [Fact]
    public async Task Webhook_OfAGatewayThatStopped_IsSentByTheNext()
    {
        _receiver.Status = 503;
        var account = await _run.Open();
        var id = (await account.TryOn(Good(_receiver.Address))).Json.Text("id");
        await _receiver.Next();
        await _run.Stop();
        _receiver.Status = 200;
        await using var next = await GatewayRun.Start(Settings, folder: _run.Root);
        Assert.Equal($"msg_{id}", (await _receiver.Next(1)).Id);
        await Until(new TestAccount(next, account.Id, account.Key), id, "delivered");
    }
}
