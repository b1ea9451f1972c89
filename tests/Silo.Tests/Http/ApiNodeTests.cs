using System.Text;
using System.Text.Json;

namespace TryOn.Silo.Tests.Http;

/// <summary>The essential parts of the HTTP API when a client of the cluster serves it.</summary>
public sealed class ApiNodeTests(NodePair nodes) : IClassFixture<NodePair>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Nodes_Started_AreReady() =>
        Assert.Equal(200, (await nodes.Send(HttpMethod.Get, "/health/ready", key: null)).Status);

    [Fact]
    public async Task Account_Opened_HasItsCredits()
    {
        var (_, key) = await nodes.Open();

        Assert.Equal(5, (await nodes.Send(HttpMethod.Get, "/api/v1/credits", key)).Json.Number("balance"));
    }

    [Fact]
    public async Task Job_OfASyncModel_IsAnsweredWithItsPictureAndCapturedOnce()
    {
        var (id, key) = await nodes.Open();

        var reply = await nodes.Send(HttpMethod.Post, "/api/v1/tryon", key, Requests.Good(Requests.Gemini));

        Assert.Equal((200, "succeeded"), (reply.Status, reply.Json.Text("status")));
        await CheckCapturedOnce(id);
        var picture = await nodes.Send(HttpMethod.Get, Assert.Single(reply.Json.List("output")).Text("url"), key: null);
        Assert.Equal((200, "image/png"), (picture.Status, picture.Header("Content-Type")));
    }

    [Fact]
    public async Task Job_OfAnAsyncModel_EndsAndIsCapturedOnce()
    {
        var (id, key) = await nodes.Open();
        var accepted = await nodes.Send(HttpMethod.Post, "/api/v1/tryon", key, Requests.Good(Requests.Kling));
        Assert.Equal((202, "pending"), (accepted.Status, accepted.Json.Text("status")));

        Assert.Equal("succeeded", (await Ended(key, accepted.Json.Text("id"))).Text("status"));
        await CheckCapturedOnce(id);
    }

    [Fact]
    public async Task Request_Repeated_IsOneJob()
    {
        var (id, key) = await nodes.Open();

        var replies = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Repeat(key)));

        Assert.All(replies, reply => Assert.True(reply.Status == 202, nodes.Logs));
        Assert.Single(replies.Select(reply => reply.Json.Text("id")).Distinct());
        await Ended(key, replies[0].Json.Text("id"));
        await CheckCapturedOnce(id);
    }

    [Fact]
    public async Task Events_OfAJob_TellItsEnd()
    {
        var (_, key) = await nodes.Open();
        var job = await nodes.Send(HttpMethod.Post, "/api/v1/tryon", key, Requests.Good(Requests.Kling));

        var events = await Events(key, job.Json.Text("id"));

        Assert.Equal("snapshot", events[0].Text("type"));
        Assert.Equal("result", events[^1].Text("type"));
        Assert.Equal("succeeded", events[^1].GetProperty("job").Text("status"));
    }

    [Fact]
    public async Task Key_Revoked_IsRefusedAtOnce()
    {
        var (_, key) = await nodes.Open();
        var body = Requests.Json(new { name = "lost" });
        var created = (await nodes.Send(HttpMethod.Post, "/api/v1/keys", key, body)).Json;
        var lost = created.Text("key");
        Assert.Equal(200, (await nodes.Send(HttpMethod.Get, "/api/v1/credits", lost)).Status);

        await nodes.Send(HttpMethod.Delete, $"/api/v1/keys/{created.GetProperty("data").Text("hash")}", key);

        Assert.Equal(401, (await nodes.Send(HttpMethod.Get, "/api/v1/credits", lost)).Status);
    }

    /// <summary>The silo has a key for Kling and none for Gemini; the API node has no provider keys.</summary>
    [Fact]
    public async Task Models_OfALiveAccount_AreThoseOfTheSilo()
    {
        var (_, key) = await nodes.Open(mode: "live");

        var models = (await nodes.Send(HttpMethod.Get, "/api/v1/models", key)).Json.List("data");
        var gemini = await nodes.Send(HttpMethod.Post, "/api/v1/tryon", key, Requests.Good(Requests.Gemini));

        Assert.Contains(Requests.Kling, models.Select(model => model.Text("id")));
        Assert.Equal((503, "provider_overloaded"), (gemini.Status, Kind(gemini)));
    }

    [Fact]
    public async Task Request_WithoutAKey_IsRefusedInTheEnvelope()
    {
        var reply = await nodes.Send(HttpMethod.Get, "/api/v1/credits", key: null);

        Assert.Equal((401, "authentication"), (reply.Status, Kind(reply)));
        var error = reply.Json.GetProperty("error");
        Assert.Equal((401, "UnauthorizedAccess"), (error.Number("code"), error.Text("type")));
        Assert.Equal(reply.Header("x-request-id"), error.GetProperty("metadata").Text("request_id"));
    }

    [Fact]
    public async Task Request_BeyondTheCredits_IsRefusedByTheAccount()
    {
        var (id, key) = await nodes.Open();
        for (var job = 0; job < 5; job++)
            await nodes.Send(HttpMethod.Post, "/api/v1/tryon", key, Requests.Good(Requests.Gemini));

        var refused = await nodes.Send(HttpMethod.Post, "/api/v1/tryon", key, Requests.Good(Requests.Gemini));

        Assert.Equal((402, "payment_required"), (refused.Status, Kind(refused)));
        Assert.Equal(5, (await Settled(id)).Number("captured"));
    }

    private static string Kind(Reply reply) =>
        reply.Json.GetProperty("error").GetProperty("metadata").Text("error_type");

    private async Task<Reply> Repeat(string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/tryon");
        request.Content = Requests.Good(Requests.Kling);
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {key}");
        request.Headers.TryAddWithoutValidation("Idempotency-Key", "the-same");
        using var response = await nodes.Client.SendAsync(request);
        return await Reply.Read(response);
    }

    private async Task<JsonElement> Ended(string key, string jobId)
    {
        JsonElement job = default;
        await TestAccount.Until(
            async () => (job = (await nodes.Send(HttpMethod.Get, $"/api/v1/tryon/{jobId}", key)).Json).Text("status")
                is "succeeded" or "failed" or "canceled",
            () => $"job {jobId} is still {job.Text("status")}");
        return job;
    }

    private async Task<JsonElement> Settled(string id)
    {
        JsonElement figures = default;
        await TestAccount.Until(
            async () => (figures = (await nodes.Admin(HttpMethod.Get, $"accounts/{id}")).Json).Number("reserved") == 0,
            () => $"account {id} still has credits reserved");
        return figures;
    }

    private async Task CheckCapturedOnce(string id)
    {
        var figures = await Settled(id);
        Assert.Equal((4, 1), (figures.Number("available"), figures.Number("captured")));
        var statement = (await nodes.Admin(HttpMethod.Get, $"accounts/{id}/statement")).Json.List("entries");
        Assert.Equal(["grant", "reserve", "capture"], statement.Select(entry => entry.Text("kind")));
    }

    /// <summary>Reads events until the stream ends.</summary>
    private async Task<IReadOnlyList<JsonElement>> Events(string key, string jobId)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/tryon/{jobId}/events");
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {key}");
        using var response = await nodes.Client.SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(patience.Token), Encoding.UTF8);
        var events = new List<JsonElement>();
        while (await reader.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
                events.Add(JsonSerializer.Deserialize<JsonElement>(line[6..]));
        }

        return events;
    }
}
