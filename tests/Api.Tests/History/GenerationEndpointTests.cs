namespace TryOn.Api.Tests.History;

[Collection(Live.Name)]
public sealed class GenerationEndpointTests(LiveGateway gateway)
{
    private static readonly object Refusal =
        new { provider = "kling", operation = "submit", action = "fail_task", body = "content policy" };

    [Fact]
    public async Task Generations_ByPages_AreAllAndNewestFirst()
    {
        var account = await gateway.Run.Open(mode: "live");
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
            ids.Insert(0, (await account.TryOn(Requests.Good())).Json.Text("id"));
        await account.WaitUntilSettled();

        var seen = new List<string>();
        var cursor = "";
        do
        {
            var page = (await account.Get($"/api/v1/generations?limit=2{cursor}")).Json;
            seen.AddRange(page.List("data").Select(item => item.Text("id")));
            cursor = page.GetProperty("next_cursor").GetString() is { } next ? $"&cursor={next}" : "";
            if (seen.Count == 2)
                await account.TryOn(Requests.Good());
        }
        while (cursor.Length > 0);

        Assert.Equal(ids, seen);
    }

    [Fact]
    public async Task Generations_Filtered_AreThoseAskedFor()
    {
        var account = await gateway.Run.Open(mode: "live");
        var ann = (await account.TryOn(Requests.Good(more: ("user", "ann")))).Json.Text("id");
        await gateway.InjectFault(Refusal);
        var bob = (await account.TryOn(Requests.Good(Requests.Kling, ("user", "bob")))).Json.Text("id");
        await account.WaitUntilEnded(bob);
        await gateway.ClearFaults();
        await account.WaitUntilSettled();

        Assert.Equal([ann], await Ids(account, "status=succeeded"));
        Assert.Equal([bob], await Ids(account, "status=failed"));
        Assert.Equal([bob], await Ids(account, "user=bob"));
        Assert.Equal([bob], await Ids(account, $"model={Requests.Kling}"));
        Assert.Equal([ann], await Ids(account, $"model={Requests.Gemini}&status=succeeded"));
        Assert.Empty(await Ids(account, "key=0123456789abcdef"));
        Assert.Empty(await Ids(account, "to=2026-01-01"));
        Assert.Equal([bob, ann], await Ids(account, "from=2026-01-01"));
    }

    [Fact]
    public async Task Generation_ById_HasWhatOpenRouterNeeds()
    {
        var account = await gateway.Run.Open(mode: "live");
        var id = (await account.TryOn(Requests.Good(more: ("user", "ann")))).Json.Text("id");
        await account.WaitUntilSettled();

        var data = (await account.Get($"/api/v1/generation?id={id}")).Json.GetProperty("data");

        Assert.Equal((id, "ann", "stop"), (data.Text("id"), data.Text("external_user"), data.Text("finish_reason")));
        Assert.Equal((1, 1, 1), (data.Number("usage"), data.Number("total_cost"), data.Number("num_media_completion")));
        Assert.Subset(
            data.EnumerateObject().Select(field => field.Name).ToHashSet(),
            new HashSet<string>
            {
                "api_type", "app_id", "cache_discount", "cancelled", "created_at", "data_region", "finish_reason",
                "generation_time", "http_referer", "is_byok", "latency", "model", "moderation_latency",
                "native_finish_reason", "native_tokens_cached", "native_tokens_completion",
                "native_tokens_completion_images", "native_tokens_prompt", "native_tokens_reasoning", "num_fetches",
                "num_input_audio_prompt", "num_media_prompt", "num_search_results", "origin", "preset_id",
                "provider_name", "provider_responses", "request_id", "response_cache_source_id", "router",
                "service_tier", "session_id", "streamed", "tokens_completion", "tokens_prompt", "upstream_id",
                "upstream_inference_cost", "user_agent", "web_search_engine",
            });
    }

    [Theory]
    [InlineData("chat/completions", true)]
    [InlineData("chat/completions", false)]
    [InlineData("images", true)]
    [InlineData("images", false)]
    public async Task Generation_OfAStream_SaysThatItWasStreamed(string path, bool streamed)
    {
        var account = await gateway.Run.Open();
        var picture = TestPictures.Url(TestPictures.Person);
        var body = Requests.Chat(Requests.Gemini).With($$"""
            { "prompt": "put it on", "input_references": ["{{picture}}", "{{picture}}"], "stream": {{(streamed ? "true" : "false")}} }
            """);
        var reply = await account.Post($"/api/v1/{path}", Requests.Json(body));
        await account.WaitUntilSettled();

        var data = (await account.Get($"/api/v1/generation?id={reply.Header("X-Generation-Id")}")).Json.GetProperty(
            "data");

        Assert.Equal(streamed, data.GetProperty("streamed").GetBoolean());
    }

    [Fact]
    public async Task Generation_OfSomebodyElse_IsNotFound()
    {
        var (mine, other) = (await gateway.Run.Open(mode: "live"), await gateway.Run.Open(mode: "live"));
        var id = (await mine.TryOn(Requests.Good())).Json.Text("id");
        await mine.WaitUntilSettled();

        var reply = await other.Get($"/api/v1/generation?id={id}");

        Envelope.Check(reply, 404, "NotFound", "not_found");
        Assert.Empty(await Ids(other, ""));
    }

    [Fact]
    public async Task Generation_ThatFailed_CostsNothing()
    {
        var account = await gateway.Run.Open(mode: "live");
        await gateway.InjectFault(Refusal);
        await account.WaitUntilEnded((await account.TryOn(Requests.Good(Requests.Kling))).Json.Text("id"));
        await gateway.ClearFaults();
        await account.WaitUntilSettled();

        var item = Assert.Single((await account.Get("/api/v1/generation")).Json.List("data"));

        Assert.Equal(
            ("failed", 0, "content_moderated"), (item.Text("status"), item.Number("usage"), item.Text("error")));
        var data = (await account.Get($"/api/v1/generation?id={item.Text("id")}")).Json.GetProperty("data");
        Assert.Equal(("content_filter", 0), (data.Text("finish_reason"), data.Number("usage")));
    }

    private static async Task<IEnumerable<string>> Ids(TestAccount account, string query) =>
        (await account.Get($"/api/v1/generations?{query}")).Json.List("data").Select(item => item.Text("id"));
}
