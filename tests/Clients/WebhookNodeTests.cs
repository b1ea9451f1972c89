using System.Text;
using TryOn.Core.Keys;
using TryOn.Core.Webhooks;

namespace TryOn.Clients.Tests;

/// <summary>Verifies the gateway's signatures with packages that receivers of webhooks use.</summary>
[Collection(OneGateway.Name)]
public sealed class WebhookNodeTests(Scene scene)
{
    private const string Body =
        """{"id":"msg_job_1","object":"event","type":"tryon.completed","data":{"status":"succeeded"}}""";

    [NodeFact]
    public async Task Message_AsSigned_IsTakenAndATamperedOneIsNot()
    {
        var secrets = new WebhookSecrets(new MasterSecret(new byte[32]));
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        // Right after a rotation both secrets sign, the new one first, while a receiver still has the old one.
        var signature = secrets.Sign("account", [2, 1], "msg_job_1", now, Encoding.UTF8.GetBytes(Body));
        await Check("msg_job_1", $"{now}", signature, Body, secrets.Text("account", 1));
    }

    [NodeFact]
    public async Task Delivery_OfAJob_IsTakenAndATamperedOneIsNot()
    {
        await using var receiver = await Receiver.Start();
        var account = await scene.Run.Open(mode: "live");
        var secret = (await account.Get("/api/v1/webhooks")).Json.Text("secret");
        await account.TryOn(Requests.Good(Requests.Kling, ("webhook_url", receiver.Address)));
        var got = await receiver.Next();
        await Check(got.Id, got.Timestamp, got.Signature, got.Text, secret);
    }

    private async Task Check(string id, string timestamp, string signature, string body, string secret)
    {
        var told = await ClientProgram.Run("webhooks", scene, "none", "", new Dictionary<string, string>
        {
            ["WEBHOOK_ID"] = id,
            ["WEBHOOK_TIMESTAMP"] = timestamp,
            ["WEBHOOK_SIGNATURE"] = signature,
            ["WEBHOOK_SECRET"] = secret,
            ["WEBHOOK_BODY"] = body,
        });
        Assert.Equal(
            ("tryon.completed", true),
            (told.GetProperty("openai").GetString(), told.GetProperty("replicate").GetBoolean()));
        Assert.Equal("InvalidWebhookSignatureError", told.GetProperty("openaiTampered").GetString());
        Assert.False(told.GetProperty("replicateTampered").GetBoolean());
    }
}
