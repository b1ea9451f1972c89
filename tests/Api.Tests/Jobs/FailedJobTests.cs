using System.Text.Json;

namespace TryOn.Api.Tests.Jobs;

[Collection(Live.Name)]
public sealed class FailedJobTests(LiveGateway gateway) : IAsyncLifetime
{
    private static readonly object Risky = Refusal(400, """{"code":1301,"message":"risk control","request_id":"r"}""");

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => gateway.ClearFaults();

    [Fact]
    public async Task Job_OfALiveAccount_IsMarkedLive()
    {
        var account = await gateway.Run.Open(mode: "live");
        var job = await account.WaitUntilEnded((await account.TryOn(Requests.Good(Requests.Kling))).Json.Text("id"));
        Assert.Equal(("live", "succeeded"), (job.Text("mode"), job.Text("status")));
        await account.WaitUntilSettled();
    }

    [Theory]
    [InlineData("no person was detected, upstream-trace-17", "image_rejected")]
    [InlineData("content policy, upstream-trace-17", "content_moderated")]
    public async Task Job_WhoseTaskFails_ReleasesItsCredit(string reason, string name)
    {
        var account = await gateway.Run.Open(credits: 3, mode: "live");
        await gateway.InjectFault(
            new { provider = "kling", operation = "submit", action = "fail_task", body = reason });
        var job = await account.WaitUntilEnded((await account.TryOn(Requests.Good(Requests.Kling))).Json.Text("id"));
        Assert.Equal(
            ("failed", name, 0), (job.Text("status"), job.GetProperty("error").Text("name"), job.Number("credits")));
        Assert.Empty(job.List("output"));
        Assert.DoesNotContain("upstream-trace-17", job.ToString(), StringComparison.Ordinal);
        var figures = await account.WaitUntilSettled();
        Assert.Equal((3, 0), (figures.Number("available"), figures.Number("captured")));
        Assert.Equal("grant reserve release", await account.StatementKinds());
    }

    [Fact]
    public async Task Job_ThatFails_LeavesNoPicture()
    {
        var account = await gateway.Run.Open(mode: "live");
        await gateway.InjectFault(Risky);
        var id = (await account.TryOn(Requests.Good(Requests.Kling))).Json.Text("id");
        await account.WaitUntilEnded(id);
        await account.WaitUntilSettled();
        Assert.DoesNotContain(
            await gateway.Run.Pictures(), picture => picture.StartsWith(id, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Chat_WhoseJobIsRefused_IsAnErrorThatNoClientRepeats()
    {
        var account = await gateway.Run.Open(mode: "live");
        await gateway.InjectFault(Risky);
        var reply = await account.Chat(Requests.Json(Requests.Chat(Requests.Kling)));
        Envelope.Check(reply, 422, "ContentModerationError", "content_policy_violation");
        Assert.Equal("false", reply.Header("x-should-retry"));
        Assert.StartsWith("job_", reply.Header("X-Generation-Id"), StringComparison.Ordinal);
        await account.WaitUntilSettled();
        Assert.Equal("grant reserve release", await account.StatementKinds());
    }

    [Fact]
    public async Task Job_RepeatedAfterItFailed_IsTheSameFailure()
    {
        var account = await gateway.Run.Open(mode: "live");
        await gateway.InjectFault(Risky);
        var id = (await account.TryOn(Requests.Good(Requests.Kling), "failing")).Json.Text("id");
        await account.WaitUntilEnded(id);
        await account.WaitUntilSettled();
        var submits = await gateway.SubmitCount();
        await gateway.ClearFaults();
        var again = await account.TryOn(Requests.Good(Requests.Kling), "failing");
        Assert.Equal((200, id, "failed"), (again.Status, again.Json.Text("id"), again.Json.Text("status")));
        Assert.Equal(submits, await gateway.SubmitCount());
    }

    [Fact]
    public async Task Account_WithAllItsJobsRunning_IsToldToWait()
    {
        var account = await gateway.Run.Open(mode: "live", limits: new { concurrency = 1 });
        // Polls fail, so the job runs until the fault is cleared.
        await gateway.InjectFault(Refusal(503, """{"code":5001,"message":"busy"}""", "poll"));
        var running = await account.TryOn(Requests.Good(Requests.Kling));
        Assert.Equal(202, running.Status);

        var reply = await account.AssertUnchanged(() => account.TryOn(Requests.Good(Requests.Kling)));
        Envelope.Check(reply, 429, "ConcurrencyLimitExceeded", "rate_limit_exceeded");
        Assert.Equal("true", reply.Header("x-should-retry"));

        await gateway.ClearFaults();
        Assert.Equal("succeeded", (await account.WaitUntilEnded(running.Json.Text("id"))).Text("status"));
        await account.WaitUntilSettled();
        Assert.Equal(202, (await account.TryOn(Requests.Good(Requests.Kling))).Status);
        await account.WaitUntilSettled();
    }

    private static object Refusal(int status, string body, string operation = "submit") => new
    {
        provider = "kling",
        operation,
        action = "status",
        status,
        body = JsonSerializer.Deserialize<JsonElement>(body),
        headers = new Dictionary<string, string> { ["Retry-After"] = "1" },
    };
}
