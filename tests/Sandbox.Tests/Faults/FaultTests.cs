using System.Text;
using System.Text.Json;
using TryOn.Sandbox.Tests.Gemini;
using TryOn.Sandbox.Tests.Kling;

namespace TryOn.Sandbox.Tests.Faults;

public sealed class FaultTests
{
    [Fact]
    public async Task Status_OnSubmit_AnswersItAndAcceptsNothing()
    {
        await using var sandbox = await SandboxRun.Start();
        await sandbox.Order(new
        {
            provider = "kling", operation = "submit", action = "status", times = 1, status = 429,
            body = new { code = 1302, message = "slow down" },
            headers = new Dictionary<string, string> { ["Retry-After"] = "3" },
        });

        var reply = await sandbox.Submit(KlingRequests.Body("att_1"));

        Assert.Equal((429, 1302, "3"), (reply.Status, reply.Code, reply.Headers["Retry-After"]));
        Assert.Equal(1203, (await sandbox.Poll("att_1")).Code);
        Assert.Equal(0, (await sandbox.Submit(KlingRequests.Body("att_1"))).Code);
    }

    [Fact]
    public async Task DropBefore_OnSubmit_AcceptsNothing()
    {
        await using var sandbox = await SandboxRun.Start();
        await sandbox.Order(new { provider = "kling", operation = "submit", action = "drop_before" });

        await Assert.ThrowsAsync<HttpRequestException>(() => sandbox.Submit(KlingRequests.Body("att_1")));

        Assert.Equal(1203, (await sandbox.Poll("att_1")).Code);
        Assert.Equal("dropped_before", Assert.Single(await sandbox.Log()).GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task DropAfter_OnSubmit_HasAcceptedTheTask()
    {
        await using var sandbox = await SandboxRun.Start();
        await sandbox.Order(new { provider = "kling", operation = "submit", action = "drop_after" });

        await Assert.ThrowsAsync<HttpRequestException>(() => sandbox.Submit(KlingRequests.Body("att_1")));

        Assert.Equal(0, (await sandbox.Poll("att_1")).Code);
        var line = Assert.Single(await sandbox.Log());
        Assert.Equal("dropped_after", line.GetProperty("outcome").GetString());
        Assert.Equal("att_1", line.GetProperty("external_id").GetString());
        Assert.False(line.GetProperty("answered").GetBoolean());
    }

    [Fact]
    public async Task DropAfter_OnGemini_IsLoggedAsAccepted()
    {
        await using var sandbox = await SandboxRun.Start();
        await sandbox.Order(new { provider = "gemini", operation = "submit", action = "drop_after" });

        await Assert.ThrowsAsync<HttpRequestException>(() => sandbox.Generate(GeminiRequests.Body()));

        Assert.Equal("dropped_after", Assert.Single(await sandbox.Log()).GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task DropAfter_OnRefusedSubmit_IsStillRefused()
    {
        await using var sandbox = await SandboxRun.Start();
        await sandbox.Order(new { provider = "kling", operation = "submit", action = "drop_after" });

        await Assert.ThrowsAsync<HttpRequestException>(() => sandbox.Submit(new { }));

        Assert.Equal("refused", Assert.Single(await sandbox.Log()).GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task FailTask_OnKling_FailsItWithTheReason()
    {
        await using var sandbox = await SandboxRun.Start();
        await sandbox.Order(
            new { provider = "kling", operation = "submit", action = "fail_task", body = "risk control" });
        var submitted = await sandbox.Submit(KlingRequests.Body("att_1"));

        var polled = await sandbox.Poll("att_1");

        Assert.Equal(0, submitted.Code);
        Assert.Equal((200, 0), (polled.Status, polled.Code));
        Assert.Equal("failed", polled.Data.GetProperty("task_status").GetString());
        Assert.Equal("risk control", polled.Data.GetProperty("task_status_msg").GetString());
        Assert.False(polled.Data.TryGetProperty("task_result", out _));
    }

    [Fact]
    public async Task FailTask_OnGemini_AnswersNoPictureWithTheReason()
    {
        await using var sandbox = await SandboxRun.Start();
        await sandbox.Order(
            new { provider = "gemini", operation = "submit", action = "fail_task", body = "IMAGE_SAFETY" });

        var reply = await sandbox.Generate(GeminiRequests.Body());

        var candidate = reply.Json.GetProperty("candidates")[0];
        Assert.Equal((200, "IMAGE_SAFETY"), (reply.Status, candidate.GetProperty("finishReason").GetString()));
    }

    [Fact]
    public async Task Garbage_OnPoll_IsNoJson()
    {
        await using var sandbox = await SandboxRun.Start();
        await sandbox.Submit(KlingRequests.Body("att_1"));
        await sandbox.Order(new { provider = "kling", operation = "poll", action = "garbage" });

        var reply = await sandbox.Poll("att_1");

        Assert.Equal(200, reply.Status);
        Assert.ThrowsAny<JsonException>(() => reply.Json);
    }

    [Fact]
    public async Task Download_Faults_ActOnTheResult()
    {
        await using var sandbox = await SandboxRun.Start();
        await sandbox.Submit(KlingRequests.Body("att_1"));
        var url = KlingRequests.ResultUrl(await sandbox.Poll("att_1"));
        await sandbox.Order(new { provider = "kling", operation = "download", action = "wrong_type", times = 1 });
        await sandbox.Order(
            new { provider = "kling", operation = "download", action = "status", status = 403, times = 1 });
        await sandbox.Order(new { provider = "kling", operation = "download", action = "drop_before", times = 1 });

        Assert.Equal("text/html", (await sandbox.Get(url)).ContentType);
        Assert.Equal(403, (await sandbox.Get(url)).Status);
        await Assert.ThrowsAsync<HttpRequestException>(() => sandbox.Get(url));
        Assert.Equal("image/png", (await sandbox.Get(url)).ContentType);
    }

    [Fact]
    public async Task Delay_OnSubmit_AcceptsAtOnceAndAnswersLater()
    {
        var clock = new AwaitedClock();
        await using var sandbox = await SandboxRun.Start(clock: clock);
        await sandbox.Order(new { provider = "kling", operation = "submit", action = "delay", delay_ms = 5000 });

        var reply = sandbox.Submit(KlingRequests.Body("att_1"));
        await clock.Armed;
        var found = await sandbox.Poll("att_1");
        Assert.False(reply.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(0, found.Code);
        Assert.Equal(0, (await reply).Code);
    }

    [Fact]
    public async Task Probability_Half_StrikesSometimes()
    {
        await using var sandbox = await SandboxRun.Start();
        await sandbox.Order(
            new { provider = "kling", operation = "poll", action = "status", status = 503, probability = 0.5 });

        var statuses = new HashSet<int>();
        for (var call = 0; call < 60; call++)
            statuses.Add((await sandbox.Poll("att_1")).Status);

        Assert.Equal([404, 503], statuses.Order());
    }

    [Fact]
    public async Task Delete_Faults_EndsThem()
    {
        await using var sandbox = await SandboxRun.Start();
        await sandbox.Order(new { provider = "kling", operation = "poll", action = "status", status = 503 });

        await sandbox.Client.DeleteAsync(new Uri("/sandbox/faults", UriKind.Relative));

        Assert.Equal(404, (await sandbox.Poll("att_1")).Status);
    }

    [Fact]
    public async Task Fault_OfOneProvider_LeavesTheOther()
    {
        await using var sandbox = await SandboxRun.Start();
        await sandbox.Order(new { provider = "kling", operation = "submit", action = "status", status = 503 });

        Assert.Equal(200, (await sandbox.Generate(GeminiRequests.Body())).Status);
    }

    [Theory]
    [InlineData("""{"provider":"kling","operation":"submit"}""")]
    [InlineData("""{"provider":"acme","operation":"submit","action":"garbage"}""")]
    [InlineData("""{"provider":"kling","operation":"submit","action":"status"}""")]
    [InlineData("""{"provider":"kling","operation":"submit","action":"delay"}""")]
    [InlineData("""{"provider":"kling","operation":"poll","action":"fail_task"}""")]
    [InlineData("""{"provider":"gemini","operation":"poll","action":"garbage"}""")]
    [InlineData("""{"provider":"kling","operation":"submit","action":"garbage","probability":2}""")]
    [InlineData("""{"provider":"kling","operation":"submit","action":"garbage","times":0}""")]
    [InlineData("""{"provider":"kling","operation":"submit","action":"garbage","tmies":1}""")]
    [InlineData("null")]
    [InlineData("""{"provider":"gemini","operation":"callback","action":"delay","delay_ms":1}""")]
    [InlineData("""{"provider":"fal","operation":"callback","action":"reorder"}""")]
    [InlineData("""{"provider":"fal","operation":"callback","action":"garbage"}""")]
    [InlineData("""{"provider":"fal","operation":"submit","action":"duplicate"}""")]
    [InlineData("""{"provider":"fashn","operation":"keys","action":"garbage"}""")]
    public async Task Order_WithFlaw_IsRefused(string fault)
    {
        await using var sandbox = await SandboxRun.Start();

        using var reply = await sandbox.Client.PostAsync(
            new Uri("/sandbox/faults", UriKind.Relative), new StringContent(fault, Encoding.UTF8, "application/json"));

        Assert.Equal(System.Net.HttpStatusCode.BadRequest, reply.StatusCode);
    }
}
