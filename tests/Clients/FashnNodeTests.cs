
namespace TryOn.Clients.Tests;

/// <summary>npm's <c>fashn</c> with only its base address changed.</summary>
[Collection(OneGateway.Name)]
public sealed class FashnNodeTests(Scene scene) : IAsyncLifetime
{
    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => scene.Gateway.ClearFaults();

    [NodeFact]
    public async Task Run_AndStatus_EndWithAPicture()
    {
        var account = await scene.Run.Open();
        var told = await ClientProgram.Run("fashn", scene, account.Key, "run");
        Assert.Equal("completed", told.Text("last"));
        Assert.Contains(told.Text("first"), new[] { "in_queue", "processing", "completed" });
        var picture = await scene.Run.Send(
            HttpMethod.Get, Assert.Single(told.List("output")).GetString()!, bearer: null);
        Assert.Equal((200, "image/png"), (picture.Status, picture.Header("Content-Type")));
    }

    [NodeFact]
    public async Task Subscribe_ToTwoPictures_TellsTheirCredits()
    {
        var account = await scene.Run.Open();
        var told = await ClientProgram.Run(
            "fashn", scene, account.Key, "subscribe", new Dictionary<string, string> { ["TRYON_SAMPLES"] = "2" });
        Assert.True(told.GetProperty("same").GetBoolean());
        Assert.Equal(("completed", 2, 2), (told.Text("status"), told.List("output").Count, told.Number("creditsUsed")));
        Assert.Equal(8, (await account.WaitUntilSettled()).Number("available"));
    }

    [NodeFact]
    public async Task Subscribe_ToAJobThatFails_IsItsErrorAndNoCharge()
    {
        await scene.Gateway.InjectFault(
            new { provider = "kling", operation = "submit", action = "fail_task", body = "content policy", times = 1 });
        var account = await scene.Run.Open(mode: "live");
        var told = await ClientProgram.Run("fashn", scene, account.Key, "subscribe");
        Assert.Equal(
            ("failed", "ContentModerationError"), (told.Text("status"), told.GetProperty("error").Text("name")));
        Assert.Equal(0, told.Number("creditsUsed"));
        Assert.Equal(10, (await account.WaitUntilSettled()).Number("available"));
    }

    [NodeFact]
    public async Task Run_WithoutCredits_IsAskedForOnce()
    {
        var account = await scene.Run.Open(credits: 0);
        var told = await ClientProgram.Run("fashn", scene, account.Key, "refused");
        Assert.Equal(("RateLimitError", 429, 1), (told.Text("name"), told.Number("status"), scene.Hits(account)));
        Assert.Equal("429 No API credits remaining.", told.Text("message"));
    }

    [NodeFact]
    public async Task Run_PastTheRate_IsARateLimitErrorWithItsWait()
    {
        var account = await scene.Run.Open(limits: new { requests_per_minute = 1 });
        await account.Post("/v1/run", Requests.Text("{}"));
        var told = await ClientProgram.Run("fashn", scene, account.Key, "refusedAtOnce");
        Assert.Equal(("RateLimitError", 429), (told.Text("name"), told.Number("status")));
        Assert.InRange(int.Parse(told.Text("retryAfter")), 1, 60);
    }

    /// <summary>The client obeys Retry-After, repeats the request by itself, and succeeds.</summary>
    [NodeFact]
    public async Task Run_PastTheConcurrency_WaitsAsToldAndSucceeds()
    {
        await scene.Gateway.InjectFault(
            new { provider = "gemini", operation = "submit", action = "delay", delay_ms = 4_000, times = 1 });
        var account = await scene.Run.Open(mode: "live", limits: new { concurrency = 1 });
        var first = account.Chat(Requests.Json(Requests.Chat(Requests.Gemini)));
        await TestAccount.Until(
            async () => (await account.Figures()).Number("reserved") == 1, () => "nothing was reserved");
        var before = scene.Hits(account);
        var told = await ClientProgram.Run("fashn", scene, account.Key, "refused");
        Assert.Equal((200, System.Text.Json.JsonValueKind.Null), ((await first).Status, told.ValueKind));
        Assert.InRange(scene.Hits(account) - before, 2, 4);
        Assert.Equal(8, (await account.WaitUntilSettled()).Number("available"));
    }

    [NodeFact]
    public async Task Status_OfNoJob_IsANotFoundError()
    {
        var account = await scene.Run.Open();
        var told = await ClientProgram.Run("fashn", scene, account.Key, "unknown");
        Assert.Equal(("NotFoundError", 404), (told.Text("name"), told.Number("status")));
    }
}
