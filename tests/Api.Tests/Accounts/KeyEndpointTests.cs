namespace TryOn.Api.Tests.Accounts;

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
}
