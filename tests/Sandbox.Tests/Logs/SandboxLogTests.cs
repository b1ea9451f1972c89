using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TryOn.Sandbox.Tests.Gemini;
using TryOn.Sandbox.Tests.Kling;

namespace TryOn.Sandbox.Tests.Logs;

public sealed class SandboxLogTests
{
    private static readonly string[] Fields =
    [
        "at", "provider", "operation", "outcome", "external_id", "task_id", "body_sha256", "human_sha256", "answered",
        "mask_sha256", "model",
    ];

    [Fact]
    public async Task Log_AcceptedKlingSubmit_IsOneWholeLine()
    {
        var clock = new FakeTimeProvider();
        await using var sandbox = await SandboxRun.Start(clock: clock);
        var body = JsonSerializer.Serialize(KlingRequests.Body("att_1"));

        var reply = await sandbox.Submit(new StringContent(body, Encoding.UTF8, "application/json"));

        var line = Assert.Single(await sandbox.Log());
        Assert.Equal(Fields, line.EnumerateObject().Select(field => field.Name));
        Assert.Equal(clock.GetUtcNow(), line.GetProperty("at").GetDateTimeOffset());
        Assert.Equal("kling submit accepted att_1", Text(line, "provider", "operation", "outcome", "external_id"));
        Assert.Equal(reply.Data.GetProperty("task_id").GetString(), Text(line, "task_id"));
        Assert.Equal(Sha256(Encoding.UTF8.GetBytes(body)), Text(line, "body_sha256"));
        Assert.Equal(Sha256(Samples.Person), Text(line, "human_sha256"));
        Assert.True(line.GetProperty("answered").GetBoolean());
    }

    [Fact]
    public async Task Log_AcceptedGeminiCall_HasResponseIdAndPerson()
    {
        await using var sandbox = await SandboxRun.Start();

        var reply = await sandbox.Generate(GeminiRequests.Body());

        var line = Assert.Single(await sandbox.Log());
        Assert.Equal("gemini submit accepted", Text(line, "provider", "operation", "outcome"));
        Assert.Equal(reply.Json.GetProperty("responseId").GetString(), Text(line, "task_id"));
        Assert.Equal(Sha256(Samples.Person), Text(line, "human_sha256"));
        Assert.Equal(JsonValueKind.Null, line.GetProperty("external_id").ValueKind);
    }

    [Fact]
    public async Task Log_RefusedDuplicate_NamesItsExternalIdAndNoTask()
    {
        await using var sandbox = await SandboxRun.Start();
        await sandbox.Submit(KlingRequests.Body("att_1"));
        await sandbox.Submit(KlingRequests.Body("att_1"));

        var second = (await sandbox.Log())[1];

        Assert.Equal("refused att_1", Text(second, "outcome", "external_id"));
        Assert.Equal(JsonValueKind.Null, second.GetProperty("task_id").ValueKind);
    }

    [Fact]
    public async Task Log_ReadsAndPolls_AreNotInIt()
    {
        await using var sandbox = await SandboxRun.Start();
        await sandbox.Poll("att_1");
        Assert.Empty(await sandbox.Log());
    }

    [Fact]
    public async Task Log_ClientLeavesWhileItWaits_IsAcceptedAndNotAnswered()
    {
        var clock = new AwaitedClock();
        await using var sandbox = await SandboxRun.Start(options => options.Speed = 1, clock);
        using var leave = new CancellationTokenSource();
        var call = sandbox.Client.SendAsync(GeminiRequests.Request(GeminiRequests.Body().ToJsonString()), leave.Token);
        await clock.Armed;

        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);

        var line = await FirstLine(sandbox);
        Assert.Equal("accepted", Text(line, "outcome"));
        Assert.False(line.GetProperty("answered").GetBoolean());
    }

    [Fact]
    public async Task Log_WithPath_IsAppendedAcrossRuns()
    {
        var path = Path.Combine(Path.GetTempPath(), $"tryon-sandbox-{Guid.NewGuid():N}", "log.jsonl");
        for (var run = 1; run <= 2; run++)
        {
            await using var sandbox = await SandboxRun.Start(options => options.LogPath = path);
            await sandbox.Submit(KlingRequests.Body($"att_{run}"));
            Assert.Equal(run, (await sandbox.Log()).Count);
            Assert.Equal(run, await Lines(path));
        }

        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Fact]
    public async Task Log_AnySubmit_HoldsNoKeyPromptOrPicture()
    {
        await using var sandbox = await SandboxRun.Start();
        await sandbox.Generate(GeminiRequests.Body());
        await sandbox.Submit(KlingRequests.Body());

        var log = await sandbox.Client.GetStringAsync(new Uri("/sandbox/log", UriKind.Relative));

        Assert.DoesNotContain("-key", log, StringComparison.Ordinal);
        Assert.DoesNotContain("Image 1", log, StringComparison.Ordinal);
        Assert.DoesNotContain("iVBOR", log, StringComparison.Ordinal);
    }

    // The server notices a closed connection with a delay; each iteration is a round trip to the server.
    private static async Task<JsonElement> FirstLine(SandboxRun sandbox)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!patience.IsCancellationRequested)
        {
            if (await sandbox.Log() is [var line, ..])
                return line;
        }

        throw new TimeoutException("The log has no line 30 s after the client left a waiting Gemini call.");
    }

    // The sandbox still has the file open for writing.
    private static async Task<int> Lines(string path)
    {
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return (await reader.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;
    }

    private static string Text(JsonElement line, params string[] names) =>
        string.Join(' ', names.Select(name => line.GetProperty(name).GetString()));

    private static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
