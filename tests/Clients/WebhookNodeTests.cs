using System.Text;
using TryOn.Core.Keys;
using TryOn.Core.Webhooks;

namespace TryOn.Clients.Tests;

/// <summary>Packages that receivers of webhooks have already, on messages as the gateway signs them.</summary>
[Collection(OneGateway.Name)]
public sealed class WebhookNodeTests(Scene scene)
{
    private const string Body = """{"id":"msg_job_1","object":"event","type":"tryon.completed","data":{"status":"succeeded"}}""";

    [NodeFact]
    public async Task Message_AsSigned_IsTakenAndATamperedOneIsNot()
    {
        var secrets = new WebhookSecrets(new MasterSecret(new byte[32]));
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var told = await ClientProgram.Run("webhooks", scene, "none", "", new Dictionary<string, string>
        {
            ["WEBHOOK_ID"] = "msg_job_1",
            ["WEBHOOK_TIMESTAMP"] = $"{now}",
            // Right after a rotation both secrets sign, the new one first; a receiver still knows the old one.
            ["WEBHOOK_SIGNATURE"] = secrets.Sign("account", [2, 1], "msg_job_1", now, Encoding.UTF8.GetBytes(Body)),
            ["WEBHOOK_SECRET"] = secrets.Text("account", 1),
            ["WEBHOOK_BODY"] = Body,
        });
        Assert.Equal(("tryon.completed", true), (told.GetProperty("openai").GetString(), told.GetProperty("replicate").GetBoolean()));
        Assert.Equal("InvalidWebhookSignatureError", told.GetProperty("openaiTampered").GetString());
        Assert.False(told.GetProperty("replicateTampered").GetBoolean());
    }
}
