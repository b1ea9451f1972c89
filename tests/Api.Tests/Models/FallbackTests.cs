using System.Text.Json;
using TryOn.Api.Tests.Chat;

namespace TryOn.Api.Tests.Models;

/// <summary>
/// Every test has a gateway of its own, since the pauses after a provider's failures would affect the next test.
/// </summary>
public sealed class FallbackTests : IAsyncLifetime
{
    private const string OpenAI = "openai/gpt-image-1";
    private const string Both = $$"""{ "model": "{{OpenAI}}", "models": ["{{OpenAI}}", "{{Requests.Gemini}}"] }""";

    private readonly LiveGateway _gateway = new() { AllProviders = true };

    private GatewayRun Run => _gateway.Run;

    public Task InitializeAsync() => _gateway.InitializeAsync();

    public async Task DisposeAsync()
    {
        var audit = (await Run.Admin(HttpMethod.Get, "audit")).Json;
        await _gateway.DisposeAsync();
        Assert.True(audit.GetProperty("ok").GetBoolean(), audit.ToString());
    }

    /// <summary>First an invalid key of the operator, then a provider that stays down beyond the retries.</summary>
    [Theory]
    [InlineData(401, "{}")]
    [InlineData(500, """{ "error": { "message": "down", "type": "server_error" } }""")]
    public async Task FirstChoice_ThatFails_IsAnsweredAndPaidByTheSecond(int status, string body)
    {
        var account = await Run.Open(credits: 10, mode: "live");
        await _gateway.InjectFault(Status("openai", status, body));

        var reply = await Chat(account, Both);

        Assert.Equal(
            (200, Requests.Gemini, "Google"), (reply.Status, reply.Json.Text("model"), reply.Json.Text("provider")));
        Assert.Equal(1, reply.Json.GetProperty("usage").Number("cost"));
        var figures = await account.WaitUntilSettled();
        Assert.Equal((9, 1), (figures.Number("available"), figures.Number("captured")));
        Assert.Equal(
            [("grant", 10, null), ("reserve", 2, OpenAI), ("release", 1, OpenAI), ("capture", 1, Requests.Gemini)],
            (await account.Statement()).Select(entry => (entry.Text("kind"), entry.Number("amount"), ModelOf(entry))));
    }

    [Fact]
    public async Task Histories_OfAFallback_AgreeOnModelAndPrice()
    {
        var account = await Run.Open(mode: "live");
        await _gateway.InjectFault(Status("openai", 401));
        var id = (await Chat(account, Both)).Json.Text("id");
        await account.WaitUntilSettled();

        var job = (await account.Get($"/api/v1/tryon/{id}")).Json;
        Assert.Equal((Requests.Gemini, 1), (job.Text("model"), job.Number("credits")));
        var listed = Assert.Single(
            (await account.Get($"/api/v1/generations?model={Requests.Gemini}")).Json.List("data"));
        Assert.Equal((id, Requests.Gemini, 1), (listed.Text("id"), listed.Text("model"), listed.Number("usage")));
        Assert.Empty((await account.Get($"/api/v1/generations?model={OpenAI}")).Json.List("data"));
        var one = (await account.Get($"/api/v1/generation?id={id}")).Json.GetProperty("data");
        Assert.Equal((Requests.Gemini, 1), (one.Text("model"), one.Number("total_cost")));
        var used = Assert.Single((await account.Get("/api/v1/usage?group_by=model")).Json.List("data"));
        Assert.Equal(
            (Requests.Gemini, 1, 1, 1, 0),
            (used.Text("model"), used.Number("requests"), used.Number("captured"), used.Number("released"), used.Number(
                "open")));
        Assert.Equal(1, (await account.Get("/api/v1/key")).Json.GetProperty("data").Number("usage"));
    }

    [Fact]
    public async Task DearerSecondChoice_Answers_AtItsOwnPrice()
    {
        var account = await Run.Open(credits: 2, mode: "live");
        await _gateway.InjectFault(Status("gemini", 403));

        var reply = await Chat(account, $$"""{ "model": "{{Requests.Gemini}}", "models": ["{{OpenAI}}"] }""");

        Assert.Equal((200, OpenAI), (reply.Status, reply.Json.Text("model")));
        Assert.Equal(2, (await account.WaitUntilSettled()).Number("captured"));
        Assert.Equal("grant reserve capture", await account.StatementKinds());
    }

    /// <summary>The balance must cover the dearest choice, since a fallback that cannot be paid is useless.</summary>
    [Fact]
    public async Task Balance_BelowTheDearestChoice_IsToldWhatIsNeeded()
    {
        var account = await Run.Open(credits: 1, mode: "live");

        var reply = await account.AssertUnchanged(() => Chat(account, Both));

        Assert.Equal(402, reply.Status);
        Assert.Contains("1 remain, and a picture may cost up to 2", reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task KlingsModel_WhereKlingFails_IsFalsAtTheSamePrice()
    {
        var account = await Run.Open(mode: "live");
        await _gateway.InjectFault(Status("kling", 401, """{"code":1002,"message":"auth","request_id":"r"}"""));

        var job = await account.WaitUntilEnded((await account.TryOn(Requests.Good(Requests.Kling))).Json.Text("id"));

        Assert.Equal(("succeeded", Requests.Kling, 1), (job.Text("status"), job.Text("model"), job.Number("credits")));
        await account.WaitUntilSettled();
        Assert.Equal("grant reserve capture", await account.StatementKinds());
        Assert.Equal(["kling", "fal"], await Asked());
    }

    [Fact]
    public async Task WithoutFallbacks_AFailure_IsTheEndAndCostsNothing()
    {
        var account = await Run.Open(credits: 5, mode: "live");
        await _gateway.InjectFault(Status("openai", 401));

        var reply = await Chat(account, Both, """{ "provider": { "allow_fallbacks": false } }""");

        Assert.Equal(503, reply.Status);
        var metadata = reply.Json.GetProperty("error").GetProperty("metadata");
        Assert.Equal(
            ("OpenAI", false), (metadata.Text("provider_name"), metadata.TryGetProperty("previous_errors", out _)));
        Assert.Equal(5, (await account.WaitUntilSettled()).Number("available"));
        Assert.Equal("grant reserve release", await account.StatementKinds());
        Assert.Equal(["openai"], await Asked());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{ "stream": true }""")]
    public async Task EveryChoice_ThatFails_IsNamedInTheError(string how)
    {
        var account = await Run.Open(mode: "live");
        await _gateway.InjectFault(Status("openai", 500,
            """{ "error": { "message": "trace-17", "type": "server_error" } }"""));
        await _gateway.InjectFault(Status("gemini", 403,
            """{ "error": { "message": "trace-17", "status": "PERMISSION_DENIED" } }"""));

        var reply = await Chat(account, Both, how);

        var told = reply.Status == 200
            ? Frames.Parse(reply).Data[^1].GetProperty("error")
            : reply.Json.GetProperty("error");
        Assert.Equal((503, "provider_unavailable"), (told.Number("code"), told.GetProperty("metadata").Text("name")));
        Assert.Equal("Google", told.GetProperty("metadata").Text("provider_name"));
        var before = Assert.Single(told.GetProperty("metadata").List("previous_errors"));
        Assert.Equal(
            ("OpenAI", "provider_failed", 502),
            (before.Text("provider"), before.Text("code"), before.Number("status")));
        Assert.DoesNotContain("trace-17", reply.Text, StringComparison.Ordinal);
        await account.WaitUntilSettled();
    }

    [Theory]
    [InlineData("""{ }""", "kling")]
    [InlineData("""{ "provider": { "order": ["fal"] } }""", "fal")]
    [InlineData("""{ "provider": { "order": ["openai", "FAL", "kling"], "allow_fallbacks": false } }""", "fal")]
    [InlineData("""{ "provider": { "only": ["fal"] } }""", "fal")]
    [InlineData("""{ "provider": { "ignore": ["Kling"] } }""", "fal")]
    [InlineData("""{ "provider": { "only": ["google"] } }""", "gemini")]
    [InlineData("""{ "provider": { "ignore": ["kling", "fal"] } }""", "gemini")]
    public async Task Rules_ForProviders_DecideWhoIsAsked(string rules, string asked)
    {
        var account = await Run.Open(mode: "live");

        var reply = await Chat(account, $$"""{ "model": "{{Requests.Kling}}", "models": ["{{Requests.Gemini}}"] }""",
            rules);

        Assert.Equal(200, reply.Status);
        Assert.Equal([asked], await Asked());
        await account.WaitUntilSettled();
    }

    /// <summary>
    /// The first choice refuses one of the two pictures once, so each model makes one picture at its own price.
    /// </summary>
    [Fact]
    public async Task TwoPictures_OneFromEachChoice_CostWhatEachCosts()
    {
        var account = await Run.Open(credits: 10, mode: "live");
        await _gateway.InjectFault(Status("openai", 401, times: 1));

        var reply = await Chat(account, Both, """{ "n": 2 }""");

        Assert.Equal((200, 3), (reply.Status, reply.Json.GetProperty("usage").Number("cost")));
        Assert.Equal(2, reply.Json.List("choices")[0].GetProperty("message").List("images").Count);
        Assert.Equal(7, (await account.WaitUntilSettled()).Number("available"));
        var used = (await account.Get("/api/v1/usage?group_by=model")).Json.List("data");
        Assert.Equal(
            [(Requests.Gemini, 1, 1, 1), (OpenAI, 1, 2, 0)],
            used.Select(
                row => (row.Text("model"), row.Number("requests"), row.Number("captured"), row.Number("released"))));
    }

    [Fact]
    public async Task Choice_ThatCannotTakeTheRequest_IsLeftOut()
    {
        var account = await Run.Open(mode: "live");
        var small = TestPictures.Url(TestPictures.Plain(100, 100, 9));
        var models = $$"""{ "model": "{{Requests.Kling}}", "models": ["{{Requests.Gemini}}"] }""";

        var taken = await account.Chat(Requests.Json(With(small).With(models)));
        var refused = await account.AssertUnchanged(() => account.Chat(Requests.Json(With(small).With(
            $$"""{ "model": "{{Requests.Kling}}" }"""))));

        Assert.Equal((200, Requests.Gemini), (taken.Status, taken.Json.Text("model")));
        Envelope.Check(refused, 400, "BadRequest", "image_too_small", "messages");
        await account.WaitUntilSettled();
    }

    [Fact]
    public async Task Key_WithOtherModels_IsAConflict()
    {
        var account = await Run.Open(mode: "live");

        var first = await Chat(account, Both, key: "one key");
        var again = await Chat(account, Both, key: "one key");
        var other = await Chat(account, $$"""{ "model": "{{OpenAI}}" }""", key: "one key");

        Assert.Equal((200, first.Json.Text("id")), (again.Status, again.Json.Text("id")));
        Assert.Equal(409, other.Status);
        await account.WaitUntilSettled();
    }

    private static Task<Reply> Chat(TestAccount account, string models, string more = "{}", string? key = null) =>
        account.Chat(Requests.Json(Requests.Chat(Requests.Gemini).With(models).With(more)), key);

    private static object With(string garment) => new
    {
        messages = new[]
        {
            new
            {
                role = "user",
                content = new object[]
                {
                    new { type = "image_url", image_url = new { url = TestPictures.Url(TestPictures.Person) } },
                    new { type = "image_url", image_url = new { url = garment } },
                },
            },
        },
    };

    private static object Status(string provider, int status, string body = "{}", int? times = null) => new
    {
        provider,
        operation = "submit",
        action = "status",
        status,
        body = JsonSerializer.Deserialize<JsonElement>(body),
        times,
    };

    private static string? ModelOf(JsonElement entry) =>
        entry.TryGetProperty("for", out var purchase) && purchase.ValueKind == JsonValueKind.Object
            ? purchase.Text("model")
            : null;

    private async Task<IEnumerable<string>> Asked() =>
        (await _gateway.WitnessLog()).Select(entry => entry.Text("provider").ToLowerInvariant());
}
