namespace TryOn.Api.Tests.Progress;

/// <summary>A second key of an account, which can be cut off in every way there is.</summary>
internal sealed record FurtherKey(GatewayRun Run, TestAccount Account, string Text, string Hash)
{
    public static async Task<FurtherKey> Make(GatewayRun run, TestAccount account)
    {
        var made = (await account.Post("/api/v1/keys", Requests.Json(new { name = "further" }))).Json;
        return new FurtherKey(run, account, made.Text("key"), made.GetProperty("data").Text("hash"));
    }

    public async Task CutOff(string how)
    {
        var reply = how switch
        {
            "revoked" => await Run.Send(HttpMethod.Delete, Path, Account.Key),
            "disabled" => await Patch(new { disabled = true }),
            "expired" => await Patch(new { expires_at = TimeProvider.System.GetUtcNow().AddMilliseconds(500) }),
            "unscoped" => await Patch(new { scopes = new[] { "credits:read" } }),
            _ => throw new ArgumentOutOfRangeException(nameof(how)),
        };
        Assert.Equal(200, reply.Status);
        if (how == "expired")
            await TestAccount.Until(
                async () => (await Run.Send(HttpMethod.Get, "/api/v1/key", Text)).Status == 401,
                () => "the key is still good");
    }

    private string Path => $"/api/v1/keys/{Hash}";

    private Task<Reply> Patch(object change) => Run.Send(HttpMethod.Patch, Path, Account.Key, Requests.Json(change));
}
