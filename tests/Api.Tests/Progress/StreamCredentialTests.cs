using Microsoft.Extensions.Time.Testing;
using TryOn.Api.Progress;

namespace TryOn.Api.Tests.Progress;

/// <summary>The credentials that open a stream.</summary>
[Collection(Live.Name)]
public sealed class StreamCredentialTests(LiveGateway gateway)
{
    [Theory]
    [InlineData(null, "", 401)]
    [InlineData("tryon_live_nonsense", "", 401)]
    [InlineData("KEY", "?token=tryonjob_nonsense", 200)]
    [InlineData(null, "?token=tryonjob_nonsense", 401)]
    [InlineData(null, "?token=tryonjob_old", 401)]
    [InlineData(null, "?token=tryonjob_", 401)]
    [InlineData(null, "?token=tryonjob_%C3%A4%20", 401)]
    [InlineData(null, "?token=KEY", 401)]
    [InlineData(null, "?token=TOKEN", 200)]
    [InlineData("TOKEN", "", 200)]
    [InlineData("FOREIGN", "", 404)]
    [InlineData("OTHERJOB", "", 401)]
    public async Task Streams_OfACredential_OpenOrAreRefusedBefore(string? bearer, string query, int status)
    {
        var (account, id) = await Job();
        var known = new Dictionary<string, string>
        {
            ["KEY"] = account.Key, ["TOKEN"] = await Token(account, id), ["FOREIGN"] = (await gateway.Run.Open()).Key,
            ["OTHERJOB"] = await Token(account, (await account.TryOn(Requests.Good(Requests.Kling))).Json.Text("id")),
        };
        var text = known.Aggregate(
            query, (address, one) => address.Replace(one.Key, one.Value, StringComparison.Ordinal));
        var credential = bearer is null ? null : known.GetValueOrDefault(bearer, bearer);
        using var events = await Watcher.Open(gateway.Run, credential, id, query: text);
        Assert.Equal(status, (int)events.StatusCode);
        string[] protocols = credential is null ? ["tryon.v1"] : ["tryon.v1", $"tryon-key.{credential}"];
        using var socket = await Watcher.Connect(gateway.Run, id, text, protocols);
        Assert.Equal(status == 200 ? 101 : status, (int)socket.HttpStatusCode);
    }

    [Fact]
    public async Task Socket_ThatOffersAnotherProtocol_IsRefused()
    {
        var (account, id) = await Job();
        using var socket = await Watcher.Connect(gateway.Run, id, $"?token={await Token(account, id)}", "graphql-ws");
        Assert.Equal(400, (int)socket.HttpStatusCode);
    }

    [Fact]
    public void Token_OfItsJob_IsReadUntilItExpires()
    {
        var clock = new FakeTimeProvider();
        var tokens = new JobTokens(new Core.Keys.MasterSecret(new byte[32]), clock);
        var token = tokens.Make("job_1", "abcdefghijkl", new string('a', 64));
        Assert.Matches("^[A-Za-z0-9_-]+$", token.Token);
        Assert.Equal(
            ("abcdefghijkl", new string('a', 64)),
            (tokens.Read(token.Token, "job_1")?.AccountId, tokens.Read(token.Token, "job_1")?.KeyHash));
        Assert.Null(tokens.Read(token.Token, "job_2"));
        Assert.Null(tokens.Read(token.Token[..^2] + "AA", "job_1"));
        Assert.Null(new JobTokens(new Core.Keys.MasterSecret([1, .. new byte[31]]), clock).Read(token.Token, "job_1"));
        clock.Advance(JobTokens.Life);
        Assert.Null(tokens.Read(token.Token, "job_1"));
    }

    private async Task<(TestAccount Account, string Id)> Job()
    {
        var account = await gateway.Run.Open(mode: "live");
        return (account, (await account.TryOn(Requests.Good(Requests.Kling))).Json.Text("id"));
    }

    private static async Task<string> Token(TestAccount account, string id)
    {
        var reply = await account.Post($"/api/v1/tryon/{id}/token", content: null);
        Assert.Equal(200, reply.Status);
        return reply.Json.Text("token");
    }
}
