namespace TryOn.Api.Tests.Jobs;

[Collection(Shared.Name)]
public sealed class IdempotencyTests(SharedGateway gateway)
{
    [Theory]
    [InlineData(Requests.Kling)]
    [InlineData(Requests.Gemini)]
    public async Task Key_SentAgain_IsTheSameJobAndOneCharge(string model)
    {
        var account = await gateway.Run.Open(credits: 5);
        var first = (await account.TryOn(Requests.Good(model), "order 7")).Json.Text("id");
        Assert.Equal(first, (await account.TryOn(Requests.Good(model), "order 7")).Json.Text("id"));
        await account.WaitUntilEnded(first);
        await account.WaitUntilSettled();
        var late = await account.TryOn(Requests.Good(model), "order 7");
        Assert.Equal((200, first), (late.Status, late.Json.Text("id")));
        Assert.Equal("grant reserve capture", await account.StatementKinds());
    }

    [Theory]
    [InlineData(Requests.Kling)]
    [InlineData(Requests.Gemini)]
    public async Task Key_SentTwentyTimesAtOnce_IsOneJobAndOneCharge(string model)
    {
        var account = await gateway.Run.Open(credits: 5, limits: new { concurrency = 2 });
        var replies = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => account.TryOn(Requests.Good(model), "burst")));
        Assert.All(replies, reply => Assert.True(reply.Status is 200 or 202, $"{reply.Status} {reply.Text}"));
        var id = Assert.Single(replies.Select(reply => reply.Json.Text("id")).Distinct());
        Assert.Equal("succeeded", (await account.WaitUntilEnded(id)).Text("status"));
        Assert.Equal(4, (await account.WaitUntilSettled()).Number("available"));
        Assert.Equal("grant reserve capture", await account.StatementKinds());
    }

    [Fact]
    public async Task Key_SentOverChatToo_IsTheSameJob()
    {
        var account = await gateway.Run.Open();
        var chat = await account.Chat(Requests.Json(Requests.Chat(Requests.Gemini, "a coat")), "both");
        var form = await account.TryOn(Requests.Good(Requests.Gemini, ("prompt", "a coat")), "both");
        Assert.Equal((200, chat.Json.Text("id")), (form.Status, form.Json.Text("id")));
    }

    [Theory]
    [InlineData(Requests.Kling, "")]
    [InlineData(Requests.Gemini, "something else")]
    public async Task Key_SentWithAnotherRequest_IsAConflict(string model, string prompt)
    {
        var account = await gateway.Run.Open();
        var first = (await account.TryOn(Requests.Good(), "order 8")).Json.Text("id");
        await account.WaitUntilEnded(first);
        await account.WaitUntilSettled();
        var reply = await account.AssertUnchanged(
            () => account.TryOn(Requests.Good(model, ("prompt", prompt)), "order 8"));
        Envelope.Check(reply, 409, "Conflict", "precondition_failed");
        Assert.Equal("false", reply.Header("x-should-retry"));
    }

    [Fact]
    public async Task Key_SentWhileAnotherRequestRuns_IsAConflict()
    {
        var account = await gateway.Run.Open();
        var first = account.TryOn(Requests.Good(Requests.Gemini, ("prompt", "one")), "race");
        var second = account.TryOn(Requests.Good(Requests.Gemini, ("prompt", "two")), "race");
        var statuses = (await Task.WhenAll(first, second)).Select(reply => reply.Status).Order();
        Assert.Equal([200, 409], statuses);
        await account.WaitUntilSettled();
        Assert.Equal("grant reserve capture", await account.StatementKinds());
    }

    [Fact]
    public async Task Key_OfTwoAccounts_IsTwoJobs()
    {
        var (one, other) = (await gateway.Run.Open(), await gateway.Run.Open());
        var mine = (await one.TryOn(Requests.Good(), "shared")).Json.Text("id");
        var theirs = (await other.TryOn(Requests.Good(), "shared")).Json.Text("id");
        Assert.NotEqual(mine, theirs);
        Assert.Equal(9, (await other.WaitUntilSettled()).Number("available"));
    }

    [Fact]
    public async Task Key_ThatIsTooLong_IsRefused()
    {
        var account = await gateway.Run.Open();
        var reply = await account.AssertUnchanged(() => account.TryOn(Requests.Good(), new string('k', 256)));
        Envelope.Check(reply, 400, "BadRequest", "invalid_request", "Idempotency-Key");
    }

    [Fact]
    public async Task Key_OfARefusedRequest_CanBeUsedAgain()
    {
        var account = await gateway.Run.Open(credits: 0);
        Assert.Equal(402, (await account.TryOn(Requests.Good(), "later")).Status);
        await gateway.Run.Admin(
            HttpMethod.Post, $"accounts/{account.Id}/credits",
            new { amount = 1, operation_id = "top-up", reason = "" });
        Assert.Equal(200, (await account.TryOn(Requests.Good(), "later")).Status);
    }
}
