using System.Net.Http.Headers;
using TryOn.Core.Keys;

namespace TryOn.Api.Tests.Progress;

/// <summary>
/// Invalid credentials on every streaming route are refused before the upgrade or the start of the stream.
/// </summary>
[Collection(Live.Name)]
public sealed class StreamRefusalTests(LiveGateway gateway)
{
    private static readonly string[] Routes =
    [
        "events by key", "events by token", "ws by key", "ws by subprotocol", "ws by token", "feed by key",
        "chat by key", "token by key",
    ];

    private static readonly string[] Credentials =
        ["none", "malformed", "unknown", "foreign", "expired", "revoked", "disabled", "unscoped"];

    public static TheoryData<string, string, int> Table()
    {
        var rows = new TheoryData<string, string, int>();
        foreach (var route in Routes)
        {
            foreach (var credential in Credentials)
                rows.Add(route, credential, Expected(route, credential));
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Table))]
    public async Task Stream_OfABadCredential_IsRefused(string route, string credential, int status)
    {
        var account = await gateway.Run.Open(mode: "live");
        var id = await Job(account);
        var byToken = route.EndsWith("token", StringComparison.Ordinal);
        Assert.Equal(status, await Open(route, id, await Make(account, id, credential, byToken)));
    }

    [Theory]
    [InlineData("feed by key")]
    [InlineData("chat by key")]
    [InlineData("token by key")]
    public async Task Token_OfOneJob_OpensNothingElse(string route)
    {
        var account = await gateway.Run.Open(mode: "live");
        var id = await Job(account);
        var token = await Token(account, id);
        Assert.Equal(401, await Open(route, id, token));
        using var feed = await FeedWatcher.Ask(gateway.Run, key: null, query: $"?token={token}");
        Assert.Equal(401, (int)feed.StatusCode);
    }

    /// <summary>
    /// Another account's key is valid: it opens its own account's stream and finds no job of others. Another job's
    /// token is invalid.
    /// </summary>
    private static int Expected(string route, string credential) => (credential, route) switch
    {
        ("foreign", "feed by key" or "chat by key") => 200,
        ("foreign", "events by token" or "ws by token") => 401,
        ("foreign", _) => 404,
        ("unscoped", _) => 403,
        _ => 401,
    };

    private async Task<string?> Make(TestAccount account, string id, string credential, bool byToken)
    {
        var unknown = ApiKey.Create(AccountMode.Live, account.Id, new string('7', ApiKey.SecretLength)).Text;
        switch (credential)
        {
            case "none":
                return null;
            case "malformed":
                return (byToken ? await Token(account, id) : account.Key) + "x";
            case "unknown":
                return byToken ? $"tryonjob_{new string('A', (await Token(account, id)).Length - 9)}" : unknown;
            case "foreign":
                var other = await gateway.Run.Open(mode: "live");
                return byToken ? await Token(other, await Job(other)) : other.Key;
            default:
                var key = await FurtherKey.Make(gateway.Run, account);
                var made = byToken ? await Token(new TestAccount(gateway.Run, account.Id, key.Text), id) : key.Text;
                await key.CutOff(credential);
                return made;
        }
    }

    /// <summary>The status of the answer; 101 for an upgrade.</summary>
    private async Task<int> Open(string route, string id, string? credential)
    {
        switch (route)
        {
            case "feed by key":
                using (var feed = await FeedWatcher.Ask(gateway.Run, credential))
                    return (int)feed.StatusCode;
            case "events by key" or "events by token":
                var query = route == "events by token" ? $"?token={credential}" : "";
                using (var events = await Watcher.Open(
                    gateway.Run, query.Length > 0 ? null : credential, id, query: query))
                    return (int)events.StatusCode;
            case "ws by key":
                using (var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/tryon/{id}/ws"))
                    return await Upgrade(request, credential);
            case "ws by subprotocol":
                using (var socket = await Watcher.Connect(
                    gateway.Run, id, "", "tryon.v1", $"tryon-key.{credential ?? "x"}"))
                    return (int)socket.HttpStatusCode;
            case "ws by token":
                using (var socket = await Watcher.Connect(gateway.Run, id, $"?token={credential}", "tryon.v1"))
                    return (int)socket.HttpStatusCode;
            case "token by key":
                return (await gateway.Run.Send(HttpMethod.Post, $"/api/v1/tryon/{id}/token", credential)).Status;
            default:
                var chat = Requests.Chat(Requests.Gemini).With("""{"stream": true}""");
                return (await gateway.Run.Send(
                    HttpMethod.Post, "/api/v1/chat/completions", credential, Requests.Json(chat))).Status;
        }
    }

    private async Task<int> Upgrade(HttpRequestMessage request, string? credential)
    {
        request.Headers.Connection.Add("Upgrade");
        request.Headers.Upgrade.Add(new ProductHeaderValue("websocket"));
        request.Headers.Add("Sec-WebSocket-Version", "13");
        request.Headers.Add("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
        if (credential is not null)
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {credential}");
        using var answer = await gateway.Run.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return (int)answer.StatusCode;
    }

    private static async Task<string> Job(TestAccount account) =>
        (await account.TryOn(Requests.Good(Requests.Kling))).Json.Text("id");

    private static async Task<string> Token(TestAccount account, string id) =>
        (await account.Post($"/api/v1/tryon/{id}/token", content: null)).Json.Text("token");
}
