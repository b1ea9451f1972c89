using System.Text.Json;

namespace TryOn.Api.Tests.Keys;

[Collection(Shared.Name)]
public sealed class KeyEndpointTests(SharedGateway gateway)
{
    private const string Keys = "/api/v1/keys";

    [Fact]
    public async Task Key_Created_IsShownOnceAndWorks()
    {
        var account = await gateway.Run.Open(credits: 3);
        var created = await account.Post(Keys, Requests.Json(new { name = "shop" }));
        Assert.Equal((201, "shop"), (created.Status, created.Json.GetProperty("data").Text("name")));
        var key = created.Json.Text("key");
        Assert.Equal(3, (await gateway.Run.Send(HttpMethod.Get, "/api/v1/credits", key)).Json.Number("balance"));

        var list = await account.Get(Keys);
        Assert.DoesNotContain(key, list.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(account.Key, list.Text, StringComparison.Ordinal);
        var hash = created.Json.GetProperty("data").Text("hash");
        Assert.Contains(hash, list.Json.List("data").Select(item => item.Text("hash")));
    }

    [Fact]
    public async Task Keys_Listed_TellWhichIsWhich()
    {
        var account = await gateway.Run.Open();
        var first = Assert.Single((await account.Get(Keys)).Json.List("data"));
        Assert.Equal($"tryon_test_…{account.Key[^4..]}", first.Text("label"));
        Assert.False(first.GetProperty("disabled").GetBoolean());
    }

    [Fact]
    public async Task Key_OfALiveAccount_IsLive()
    {
        var account = await gateway.Run.Open(mode: "live");
        var created = await account.Post(Keys, content: null);
        Assert.Equal(201, created.Status);
        Assert.StartsWith("tryon_live_", created.Json.Text("key"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "application/json")]
    [InlineData("{\"name\":null,\"limit\":null}", "application/json;charset=utf8")]
    [InlineData("", null)]
    public async Task Key_WithoutAName_IsCreated(string body, string? contentType)
    {
        var account = await gateway.Run.Open();
        Assert.Equal(201, (await account.Post(Keys, Requests.Text(body, contentType))).Status);
    }

    [Fact]
    public async Task Key_WithABodyOfNoType_IsRefused()
    {
        var account = await gateway.Run.Open();
        var reply = await account.Post(Keys, Requests.Text("""{"limit":5}""", contentType: null));
        Envelope.Check(reply, 400, "BadRequest", "invalid_request");
        Assert.Single((await account.Get(Keys)).Json.List("data"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    public async Task Rotation_WithABodyOfAnotherType_IsRefused(string? contentType)
    {
        var account = await gateway.Run.Open();
        var (path, _) = await Make(account, new { name = "shop" });
        var reply = await account.Post($"{path}/rotate", Requests.Text("""{"grace_seconds":0}""", contentType));
        Envelope.Check(reply, 400, "BadRequest", "invalid_request");
        Assert.Equal(2, (await account.Get(Keys)).Json.List("data").Count);
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("true", 2)]
    [InlineData("True", 2)]
    [InlineData("1", 2)]
    [InlineData("FALSE", 1)]
    [InlineData("0", 1)]
    public async Task Keys_WithDisabledOnes_AreListedInAnySpelling(string word, int count)
    {
        var account = await gateway.Run.Open();
        var (path, _) = await Make(account, new { name = "lost" });
        await Send("PATCH", path, account.Key, """{"disabled":true}""");
        Assert.Equal(count, (await account.Get($"{Keys}?include_disabled={word}")).Json.List("data").Count);
    }

    [Fact]
    public async Task Keys_WithDisabledMaybe_AreRefused()
    {
        var account = await gateway.Run.Open();
        Envelope.Check(
            await account.Get($"{Keys}?include_disabled=maybe"), 400, "BadRequest", "invalid_request",
            "include_disabled");
    }

    [Theory]
    [InlineData("{\"name\":7}")]
    [InlineData("{")]
    [InlineData("[]")]
    public async Task Key_WithABrokenBody_IsRefused(string body)
    {
        var account = await gateway.Run.Open();
        Envelope.Check(await account.Post(Keys, Requests.Text(body)), 400, "BadRequest", "invalid_request");
        Assert.Single((await account.Get(Keys)).Json.List("data"));
    }

    [Fact]
    public async Task Key_WithAnEndlessName_IsRefused()
    {
        var account = await gateway.Run.Open();
        var reply = await account.Post(Keys, Requests.Json(new { name = new string('n', 101) }));
        Envelope.Check(reply, 400, "BadRequest", "invalid_request", "name");
    }

    [Theory]
    [InlineData("{\"limit\":-1}", "limit")]
    [InlineData("{\"limit\":1.5}", "limit")]
    [InlineData("{\"limit\":\"5\"}", "limit")]
    [InlineData("{\"limit_reset\":\"hourly\"}", "limit_reset")]
    [InlineData("{\"limit_reset\":\"\\ud800\"}", "$.limit_reset")]
    [InlineData("{\"expires_at\":\"\\ud800\"}", "$.expires_at")]
    [InlineData("{\"expires_at\":\"soon\"}", "expires_at")]
    [InlineData("{\"expires_at\":\"2001-01-01T00:00:00Z\"}", "expires_at")]
    [InlineData("{\"scopes\":[\"everything\"]}", "scopes")]
    [InlineData("{\"scopes\":[]}", "scopes")]
    public async Task Key_WithImpossibleSettings_IsRefused(string body, string param)
    {
        var account = await gateway.Run.Open();
        Envelope.Check(await account.Post(Keys, Requests.Text(body)), 400, "BadRequest", "invalid_request", param);
        var path = $"{Keys}/{(await Only(account)).Text("hash")}";
        Envelope.Check(await Send("PATCH", path, account.Key, body), 400, "BadRequest", "invalid_request", param);
    }

    [Fact]
    public async Task Key_Patched_ChangesAndIsShownSo()
    {
        var account = await gateway.Run.Open();
        var (path, _) = await Make(account, new { limit = 5, limit_reset = "weekly" });

        var changed = await Send("PATCH", path, account.Key, """{"name":"till","limit":null,"limit_reset":"daily"}""");

        Assert.Equal(200, changed.Status);
        Assert.Equal(changed.Text, (await account.Get(path)).Text);
        var key = changed.Json.GetProperty("data");
        Assert.Equal(("till", "daily"), (key.Text("name"), key.Text("limit_reset")));
        Assert.Equal(
            "null null", $"{key.GetProperty("limit").GetRawText()} {key.GetProperty("limit_remaining").GetRawText()}");
    }

    [Fact]
    public async Task Key_DisabledOrDeleted_IsRefusedAtOnce()
    {
        var account = await gateway.Run.Open();
        var (path, key) = await Make(account, new { name = "lost" });

        await Send("PATCH", path, account.Key, """{"disabled":true}""");
        var reply = await gateway.Run.Send(HttpMethod.Get, "/api/v1/key", key);
        Envelope.Check(reply, 401, "UnauthorizedAccess", "authentication");
        Assert.Single((await account.Get(Keys)).Json.List("data"));
        Assert.Equal(2, (await account.Get($"{Keys}?include_disabled=true")).Json.List("data").Count);

        Assert.Equal("""{"deleted":true}""", (await Send("DELETE", path, account.Key)).Text);
        Envelope.Check(await Send("DELETE", path, account.Key), 404, "NotFound", "not_found");
        var gone = await gateway.Run.Send(HttpMethod.Get, "/api/v1/key", key);
        Assert.Equal(reply.Json.Text("message"), gone.Json.Text("message"));
    }

    [Fact]
    public async Task Key_PastItsLimit_IsToldSoAndCostsNothing()
    {
        var account = await gateway.Run.Open();
        var (_, key) = await Make(account, new { limit = 1, limit_reset = "monthly" });
        Assert.Equal(200, (await gateway.Run.Send(HttpMethod.Post, "/api/v1/tryon", key, Requests.Good())).Status);
        await account.WaitUntilSettled();

        var reply = await account.AssertUnchanged(
            () => gateway.Run.Send(HttpMethod.Post, "/api/v1/tryon", key, Requests.Good()));

        Envelope.Check(reply, 402, "OutOfCredits", "payment_required");
        Assert.Equal("key", reply.Json.GetProperty("error").GetProperty("metadata").Text("limit_source"));
        var shown = (await gateway.Run.Send(HttpMethod.Get, "/api/v1/key", key)).Json.GetProperty("data");
        Assert.Equal((1, 0, 1, 1), (
            shown.Number("limit"), shown.Number("limit_remaining"), shown.Number("usage"),
            shown.Number("usage_monthly")));
    }

    [Fact]
    public async Task Key_Rotated_WorksBesideTheOldUntilItsGraceEnds()
    {
        var account = await gateway.Run.Open();
        var (path, old) = await Make(account, new { name = "shop" });

        var rotated = await account.Post($"{path}/rotate", content: null);
        Assert.Equal((201, "shop"), (rotated.Status, rotated.Json.GetProperty("data").Text("name")));
        foreach (var key in (string[])[old, rotated.Json.Text("key")])
            Assert.Equal(200, (await gateway.Run.Send(HttpMethod.Get, "/api/v1/key", key)).Status);

        var next = $"{Keys}/{rotated.Json.GetProperty("data").Text("hash")}/rotate";
        Assert.Equal(201, (await account.Post(next, Requests.Json(new { grace_seconds = 0 }))).Status);
        Assert.Equal(401, (await gateway.Run.Send(HttpMethod.Get, "/api/v1/key", rotated.Json.Text("key"))).Status);
    }

    [Fact]
    public async Task Key_WithoutAScope_IsForbiddenAndCannotGrantIt()
    {
        var account = await gateway.Run.Open();
        var (_, reader) = await Make(account, new { scopes = new[] { "jobs:read", "keys" } });

        var order = await account.AssertUnchanged(
            () => gateway.Run.Send(HttpMethod.Post, "/api/v1/tryon", reader, Requests.Good()));
        Envelope.Check(order, 403, "Forbidden", "permission_denied");
        Assert.Equal(403, (await gateway.Run.Send(HttpMethod.Get, "/api/v1/credits", reader)).Status);
        var grant = await Send("POST", Keys, reader, """{"scopes":["jobs:write"]}""");
        Envelope.Check(grant, 403, "Forbidden", "permission_denied");
        Assert.Equal(403, (await Send("POST", Keys, account.Key, """{"scopes":["admin"]}""")).Status);
        var (_, worker) = await Make(account, new { });
        Assert.Equal(403, (await gateway.Run.Send(HttpMethod.Get, Keys, worker)).Status);
    }

    private async Task<(string Path, string Key)> Make(TestAccount account, object body)
    {
        var made = await account.Post(Keys, Requests.Json(body));
        Assert.Equal(201, made.Status);
        return ($"{Keys}/{made.Json.GetProperty("data").Text("hash")}", made.Json.Text("key"));
    }

    private Task<Reply> Send(string method, string path, string key, string? body = null) =>
        gateway.Run.Send(new HttpMethod(method), path, key, body is null ? null : Requests.Text(body));

    private static async Task<JsonElement> Only(TestAccount account) =>
        Assert.Single((await account.Get(Keys)).Json.List("data"));
}
