using NetVips;

namespace TryOn.Sandbox.Tests.Kling;

public sealed class KlingTaskTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public async Task Task_AsTimePasses_GoesThroughItsStates()
    {
        await using var sandbox = await Timed();
        var created = _clock.GetUtcNow().ToUnixTimeMilliseconds();
        var submitted = await sandbox.Submit(KlingRequests.Body("att_1"));
        AssertTask(submitted, "submitted", created, created);

        AssertTask(await sandbox.Poll("att_1"), "submitted", created, created);
        _clock.Advance(TimeSpan.FromSeconds(2));
        AssertTask(await sandbox.Poll("att_1"), "processing", created, created + 2000);
        _clock.Advance(TimeSpan.FromSeconds(17.9));
        var processing = await sandbox.Poll("att_1");
        AssertTask(processing, "processing", created, created + 2000);
        Assert.False(processing.Data.TryGetProperty("task_result", out _));
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        var done = await sandbox.Poll("att_1");
        AssertTask(done, "succeed", created, created + 20_000);
        Assert.Equal("1", done.Data.GetProperty("final_unit_deduction").GetString());
    }

    [Fact]
    public async Task Submit_Answer_IsTheDocumentedEnvelope()
    {
        await using var sandbox = await SandboxRun.Start();

        var reply = await sandbox.Submit(KlingRequests.Body("att_1"));

        Assert.Equal(
            ["code", "message", "request_id", "data"], reply.Json.EnumerateObject().Select(field => field.Name));
        Assert.Equal("SUCCEED", reply.Json.GetProperty("message").GetString());
        Assert.Equal(
            ["task_id", "task_status", "task_info", "created_at", "updated_at"],
            reply.Data.EnumerateObject().Select(field => field.Name));
        Assert.Equal("att_1", reply.Data.GetProperty("task_info").GetProperty("external_task_id").GetString());
    }

    [Fact]
    public async Task Poll_EitherId_FindsTheTask()
    {
        await using var sandbox = await SandboxRun.Start();
        var id = (await sandbox.Submit(KlingRequests.Body("att_1"))).Data.GetProperty("task_id").GetString()!;

        Assert.Equal(id, (await sandbox.Poll(id)).Data.GetProperty("task_id").GetString());
        Assert.Equal(id, (await sandbox.Poll("att_1")).Data.GetProperty("task_id").GetString());
    }

    [Fact]
    public async Task Poll_UnknownId_Is1203()
    {
        await using var sandbox = await SandboxRun.Start();

        var reply = await sandbox.Poll("att_never");

        Assert.Equal((404, 1203), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task Result_WhenDone_IsThePersonInTheGarment()
    {
        await using var sandbox = await Timed();
        await sandbox.Submit(KlingRequests.Body("att_1"));
        _clock.Advance(TimeSpan.FromSeconds(20));

        var result = await sandbox.Get(KlingRequests.ResultUrl(await sandbox.Poll("att_1")), bearer: null);

        Assert.Equal((200, "image/png"), (result.Status, result.ContentType));
        var picture = Image.NewFromBuffer(result.Body);
        Assert.Equal((320, 400), (picture.Width, picture.Height));
        Assert.Equal(Samples.Blue, picture.Getpoint(160, 248));
    }

    [Fact]
    public async Task Result_UnreadableJpegPerson_IsThatFile()
    {
        await using var sandbox = await Timed();
        var body = KlingRequests.Body("att_1");
        body["human_image"] = Samples.Base64(Samples.Jpeg);
        await sandbox.Submit(body);
        _clock.Advance(TimeSpan.FromSeconds(20));

        var result = await sandbox.Get(KlingRequests.ResultUrl(await sandbox.Poll("att_1")), bearer: null);

        Assert.Equal("image/jpeg", result.ContentType);
        Assert.Equal(Samples.Jpeg, result.Body);
    }

    [Fact]
    public async Task Result_UnknownName_Is404()
    {
        await using var sandbox = await SandboxRun.Start();
        Assert.Equal(404, (await sandbox.Get("/sandbox/kling/results/0123.png")).Status);
    }

    [Fact]
    public async Task List_Pages_AreNewestFirst()
    {
        await using var sandbox = await Timed();
        foreach (var id in (string[])["a", "b", "c"])
            await sandbox.Submit(KlingRequests.Body(id));

        var first = await sandbox.Get($"{SandboxRun.KlingPath}?pageNum=1&pageSize=2");
        var second = await sandbox.Get($"{SandboxRun.KlingPath}?pageNum=2&pageSize=2");

        Assert.Equal(["c", "b"], ExternalIds(first));
        Assert.Equal(["a"], ExternalIds(second));
        Assert.Equal(["c", "b", "a"], ExternalIds(await sandbox.Get(SandboxRun.KlingPath)));
    }

    [Theory]
    [InlineData("pageNum=0")]
    [InlineData("pageNum=1001")]
    [InlineData("pageSize=501")]
    [InlineData("pageSize=many")]
    public async Task List_PageOutOfRange_Is1201(string query)
    {
        await using var sandbox = await SandboxRun.Start();

        var reply = await sandbox.Get($"{SandboxRun.KlingPath}?{query}");

        Assert.Equal((400, 1201), (reply.Status, reply.Code));
    }

    private Task<SandboxRun> Timed() => SandboxRun.Start(options => options.Speed = 1, _clock);

    private static IEnumerable<string?> ExternalIds(Reply list) =>
        list.Data.EnumerateArray()
            .Select(task => task.GetProperty("task_info").GetProperty("external_task_id").GetString());

    private static void AssertTask(Reply reply, string status, long created, long updated)
    {
        Assert.Equal((200, 0), (reply.Status, reply.Code));
        Assert.Equal(status, reply.Data.GetProperty("task_status").GetString());
        Assert.Equal(created, reply.Data.GetProperty("created_at").GetInt64());
        Assert.Equal(updated, reply.Data.GetProperty("updated_at").GetInt64());
    }
}
