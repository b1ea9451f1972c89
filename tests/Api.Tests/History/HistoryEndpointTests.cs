using System.Text.Json;

namespace TryOn.Api.Tests.History;

/// <summary>Usage, activity and the account's own statement over HTTP.</summary>
[Collection(Shared.Name)]
public sealed class HistoryEndpointTests(SharedGateway gateway)
{
    [Theory]
    [InlineData("usage?group_by=year", "group_by")]
    [InlineData("usage?group_by=", null)]
    [InlineData("usage?from=0001-01-01", null)]
    [InlineData("usage?from=0001-01-01T00:00:00.0000001Z&to=9999-12-31T23:59:59Z", null)]
    [InlineData("usage?from=0001-01-01T00:00:00%2B05:00", "from")]
    [InlineData("generations?from=0001-01-01", null)]
    [InlineData("usage?from=yesterday", "from")]
    [InlineData("usage?from=2026-01-02&to=2026-01-01", "to")]
    [InlineData("usage?to=2026-13-01", "to")]
    [InlineData("usage?format=xml", "format")]
    [InlineData("activity?date=2001-01-01", "date")]
    [InlineData("activity?api_key_hash=abc", "api_key_hash")]
    [InlineData("generations?limit=0", "limit")]
    [InlineData("generations?limit=201", "limit")]
    [InlineData("generations?limit=ten", "limit")]
    [InlineData("generations?cursor=-1", "cursor")]
    [InlineData("generations?status=done", "status")]
    [InlineData("generations?key=abc", "key")]
    [InlineData("statement?after=-1", "after")]
    [InlineData("statement?limit=1001", "limit")]
    public async Task Parameter_ThatIsBad_IsNamed(string path, string? param)
    {
        var account = await gateway.Run.Open();
        var reply = await account.Get($"/api/v1/{path}");
        if (param is null)
            Assert.Equal(200, reply.Status);
        else
            Envelope.Check(reply, 400, "BadRequest", "invalid_request", param);
    }

    [Theory]
    [InlineData("usage")]
    [InlineData("activity")]
    [InlineData("generations")]
    [InlineData("generation?id=job_x")]
    [InlineData("statement")]
    public async Task History_WithoutAKey_IsClosed(string path) => Envelope.Check(
        await gateway.Run.Send(HttpMethod.Get, $"/api/v1/{path}", bearer: null), 401, "UnauthorizedAccess",
        "authentication");

    [Fact]
    public async Task Usage_OfAJob_IsTheBalances()
    {
        var account = await gateway.Run.Open(credits: 5);
        await account.TryOn(Requests.Good(more: ("user", "ann")));
        var figures = await account.WaitUntilSettled();

        var usage = (await account.Get("/api/v1/usage?group_by=model,user,day,key")).Json;

        var row = Assert.Single(usage.List("data"));
        Assert.Equal((Requests.Gemini, "ann"), (row.Text("model"), row.Text("user")));
        Assert.Equal(16, row.Text("key").Length);
        Assert.Equal((1, 1, 0, 0), Sums(row));
        Assert.Equal((1, figures.Number("captured"), 0, figures.Number("reserved")), Sums(usage.GetProperty("totals")));
    }

    [Fact]
    public async Task Activity_OfToday_HasWhatOpenRouterNeeds()
    {
        var account = await gateway.Run.Open();
        await account.TryOn(Requests.Good());
        await account.WaitUntilSettled();
        var row = Assert.Single((await account.Get("/api/v1/activity")).Json.List("data"));
        Assert.Equal(
            [
                "byok_usage_inference", "completion_tokens", "date", "endpoint_id", "model", "model_permaslug",
                "prompt_tokens", "provider_name", "reasoning_tokens", "requests", "usage",
            ],
            row.EnumerateObject().Select(field => field.Name).Order());
        Assert.Equal((1, 1, "Google"), (row.Number("usage"), row.Number("requests"), row.Text("provider_name")));

        var sameDay = await account.Get($"/api/v1/activity?date={row.Text("date")}");
        Assert.Single(sameDay.Json.List("data"));
        var otherKey = await account.Get("/api/v1/activity?api_key_hash=0123456789abcdef0123");
        Assert.Empty(otherKey.Json.List("data"));
    }

    [Fact]
    public async Task Statement_OfTheAccount_IsTheOperators()
    {
        var account = await gateway.Run.Open();
        await account.TryOn(Requests.Good());
        await account.WaitUntilSettled();
        var own = (await account.Get("/api/v1/statement?after=1&limit=2")).Json;
        var whole = await account.Statement();
        Assert.Equal(whole.Skip(1).Take(2).Select(Raw), own.List("entries").Select(Raw));
        Assert.Equal(3, own.Number("newest"));
    }

    [Theory]
    [InlineData("statement", 4)]
    [InlineData("usage?group_by=user", 2)]
    [InlineData("generations", 2)]
    public async Task Csv_AskedForEitherWay_IsHarmlessInASpreadsheet(string path, int lines)
    {
        var account = await gateway.Run.Open();
        await account.TryOn(Requests.Good(more: ("user", "=cmd|'/c calc'!A1")));
        await account.WaitUntilSettled();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/{path}");
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {account.Key}");
        request.Headers.TryAddWithoutValidation("Accept", "text/csv");
        var byHeader = await gateway.Run.Send(request);
        var byAddress = await account.Get($"/api/v1/{path}{(path.Contains('?') ? '&' : '?')}format=csv");

        Assert.Equal(200, byHeader.Status);
        Assert.Equal(byHeader.Text, byAddress.Text);
        Assert.StartsWith("text/csv", byHeader.Header("Content-Type"), StringComparison.Ordinal);
        Assert.Contains("\"'=cmd|'/c calc'!A1\"", byHeader.Text, StringComparison.Ordinal);
        Assert.Equal(lines, byHeader.Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
    }

    private static string Raw(JsonElement json) => json.GetRawText();

    private static (long Requests, long Captured, long Released, long Open) Sums(JsonElement json) =>
        (json.Number("requests"), json.Number("captured"), json.Number("released"), json.Number("open"));
}
