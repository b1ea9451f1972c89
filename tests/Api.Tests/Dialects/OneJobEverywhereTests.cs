namespace TryOn.Api.Tests.Dialects;

/// <summary>A job that is started on one surface and read by its owner on all others.</summary>
[Collection(Live.Name)]
public sealed class OneJobEverywhereTests(LiveGateway gateway) : IAsyncLifetime
{
    public static TheoryData<string> Begun => new("tryon", "tryiton", "fashn", "chat", "two pictures", "images");

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => gateway.ClearFaults();

    [Theory]
    [MemberData(nameof(Begun))]
    public async Task Job_BegunOnOneSurface_IsTheSameOnAll(string surface)
    {
        var account = await gateway.Run.Open();
        var id = await Begin(account, surface);
        await account.WaitUntilEnded(id);
        await account.WaitUntilSettled();
        var pictures = surface == "two pictures" ? 2 : 1;

        var job = (await account.Get($"/api/v1/tryon/{id}")).Json;
        var urls = job.List("output").Select(output => output.Text("url")).ToList();
        Assert.Equal(("succeeded", pictures, pictures), (job.Text("status"), job.Number("credits"), urls.Count));
        var old = (await account.Get(job.Text("statusUrl"))).Json;
        Assert.Equal(("completed", urls[0]), (old.Text("status"), old.Text("imageUrl")));
        foreach (var path in (string[])["/api/v1/status/", "/v1/status/"])
        {
            var polled = (await account.Get(path + id)).Json;
            Assert.Equal("completed", polled.Text("status"));
            Assert.Equal(urls, polled.List("output").Select(url => url.GetString()));
        }

        var generation = (await account.Get($"/api/v1/generation?id={id}")).Json.GetProperty("data");
        Assert.Equal((id, pictures, pictures),
            (generation.Text("id"), generation.Number("total_cost"), generation.Number("num_media_completion")));
    }

    [Fact]
    public async Task Job_ThatFailed_HasFailedOnAll()
    {
        await gateway.InjectFault(
            new { provider = "kling", operation = "submit", action = "fail_task", body = "content policy", times = 1 });
        var account = await gateway.Run.Open(mode: "live");
        var id = await Begin(account, "fashn");
        var job = await account.WaitUntilEnded(id);
        var old = (await account.Get(job.Text("statusUrl"))).Json;
        Assert.Equal(("failed", "content_moderated"), (old.Text("status"), old.Text("errorCode")));
        Assert.Equal(old.Text("error"), job.GetProperty("error").Text("message"));
        foreach (var path in (string[])["/api/v1/status/", "/v1/status/"])
            Assert.Equal("failed", (await account.Get(path + id)).Json.Text("status"));
        var generation = (await account.Get($"/api/v1/generation?id={id}")).Json.GetProperty("data");
        Assert.Equal(("content_filter", 0), (generation.Text("finish_reason"), generation.Number("total_cost")));
        await account.WaitUntilSettled();
    }

    /// <summary>A client that has read the end on one surface never reads an earlier state on another.</summary>
    [Fact]
    public async Task Job_OnceEndedOnOne_IsEndedOnTheNext()
    {
        var account = await gateway.Run.Open(credits: 50, limits: new { status_requests_per_minute = 100_000 });
        string[] paths = ["/api/v1/status/", "/v1/status/", "/api/v1/tryon/", "/api/v1/tryon/status/"];
        for (var round = 0; round < 5; round++)
        {
            var id = await Begin(account, "two pictures of kling");
            var (seen, turn) = (false, 0);
            await TestAccount.Until(
                async () =>
                {
                    var status = (await account.Get(paths[turn++ % paths.Length] + id)).Json.Text("status");
                    Assert.False(seen && status is "pending" or "processing", $"{status} after an end");
                    seen |= status is "completed" or "succeeded";
                    return seen && turn % paths.Length == 0;
                },
                () => $"job {id} did not end");
            await account.WaitUntilSettled();
        }
    }

    private static async Task<string> Begin(TestAccount account, string surface)
    {
        switch (surface)
        {
            case "tryon":
                return (await account.TryOn(Requests.Good(Requests.Kling))).Json.Text("id");
            case "chat":
                return (await account.Chat(Requests.Json(Requests.Chat(Requests.Gemini)))).Json.Text("id");
            case "two pictures":
                return (await account.Chat(Requests.Json(Requests.Chat(Requests.Gemini).With(
                    """{"n": 2}""")))).Json.Text("id");
            case "images":
                var body = new { model = Requests.Gemini,
                    image = new[] { TestPictures.Url(TestPictures.Person), TestPictures.Url(TestPictures.Garment) } };
                return (await account.Post("/api/v1/images", Requests.Json(body))).Header("X-Generation-Id")!;
            case "two pictures of kling":
                return Dialect.IdOf(await Dialect.Named(Dialect.TryItOn).Begin(account, """{"num_samples": 2}"""));
            default:
                return Dialect.IdOf(await Dialect.Named(surface).Begin(account));
        }
    }
}
