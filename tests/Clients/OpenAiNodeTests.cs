
namespace TryOn.Clients.Tests;

/// <summary>npm's <c>openai</c>.</summary>
[Collection(OneGateway.Name)]
public sealed class OpenAiNodeTests(Scene scene) : IAsyncLifetime
{
    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => scene.Gateway.ClearFaults();

    [NodeFact]
    public async Task Chat_AsSpecified_GivesAnAddressAndARequestId()
    {
        var account = await scene.Run.Open();
        var told = await ClientProgram.Run("openai", scene, account.Key, "chat");
        Assert.StartsWith("http://127.0.0.1", told.Text("url"), StringComparison.Ordinal);
        Assert.StartsWith("req_", told.Text("requestId"), StringComparison.Ordinal);
        Assert.Equal((9, 1), ((await account.WaitUntilSettled()).Number("available"), scene.Hits(account)));
    }

    [NodeFact]
    public async Task Sample_OfTheSpecification_RunsAsPrinted()
    {
        var account = await scene.Run.Open();
        var told = await ClientProgram.Run("specification", scene, account.Key);
        var picture = await scene.Run.Send(HttpMethod.Get, told.Text("imageUrl"), bearer: null);
        Assert.Equal((200, "image/png"), (picture.Status, picture.Header("Content-Type")));
    }

    [NodeFact]
    public async Task Stream_OfAPicture_HasOneDeltaWithItAndTheCost()
    {
        var account = await scene.Run.Open();
        var told = await ClientProgram.Run("openai", scene, account.Key, "stream");
        Assert.Equal([1L], told.List("images").Select(count => count.GetInt64()));
        Assert.Equal(1, told.Number("cost"));
    }

    [NodeFact]
    public async Task StreamHelper_OfTwoPictures_HasBoth()
    {
        var account = await scene.Run.Open();
        var told = await ClientProgram.Run("openai", scene, account.Key, "streamHelper");
        Assert.Equal((2, "stop"), (told.Number("images"), told.Text("finish")));
        Assert.Equal(8, (await account.WaitUntilSettled()).Number("available"));
    }

    [NodeFact]
    public async Task Chat_WithAWrongKey_IsAnAuthenticationError()
    {
        var account = await scene.Run.Open();
        var told = await ClientProgram.Run("openai", scene, account.Key[..^1] + "_", "refused");
        Assert.Equal(("AuthenticationError", 401), (told.Text("name"), told.Number("status")));
    }

    [NodeFact]
    public async Task Chat_WithoutCredits_IsAskedForOnce()
    {
        var account = await scene.Run.Open(credits: 0);
        var told = await ClientProgram.Run("openai", scene, account.Key, "refused");
        Assert.Equal(("APIError", 402), (told.Text("name"), told.Number("status")));
        Assert.Equal(1, scene.Hits(account));
    }

    [NodeFact]
    public async Task Chat_PastTheRate_IsARateLimitErrorWithItsWait()
    {
        var account = await scene.Run.Open(limits: new { requests_per_minute = 1 });
        await account.Chat(Requests.Text("{}"));
        var told = await ClientProgram.Run("openai", scene, account.Key, "refusedAtOnce");
        Assert.Equal(("RateLimitError", 429), (told.Text("name"), told.Number("status")));
        Assert.InRange(int.Parse(told.Text("retryAfter")), 1, 60);
    }

    [NodeFact]
    public async Task Chat_PastTheConcurrency_WaitsAsToldAndSucceeds()
    {
        var account = await scene.Run.Open(mode: "live", limits: new { concurrency = 1 });
        await scene.Gateway.InjectFault(
            new { provider = "gemini", operation = "submit", action = "delay", delay_ms = 5_000, times = 1 });
        var first = account.Chat(Requests.Json(Requests.Chat(Requests.Gemini)));
        var told = await ClientProgram.Run("openai", scene, account.Key, "patient");
        Assert.Equal(200, (await first).Status);
        Assert.StartsWith("http", told.Text("url"), StringComparison.Ordinal);
        Assert.InRange(scene.Hits(account), 3, 5);
    }

    [NodeFact]
    public async Task Stream_WhoseJobFails_ThrowsAndCostsNothing()
    {
        foreach (var program in (string[])["brokenStream", "brokenStreamHelper"])
        {
            await scene.Gateway.InjectFault(
                new { provider = "kling", operation = "submit", action = "fail_task", body = "content policy",
                    times = 1 });
            var account = await scene.Run.Open(mode: "live");
            var told = await ClientProgram.Run("openai", scene, account.Key, program);
            Assert.Equal(("APIError", 422), (told.Text("name"), told.Number("code")));
            Assert.Equal(10, (await account.WaitUntilSettled()).Number("available"));
        }
    }

    [NodeFact]
    public async Task Models_Listed_AreTheCatalog()
    {
        var account = await scene.Run.Open();
        var told = await ClientProgram.Run("openai", scene, account.Key, "models");
        Assert.Equal(
            Core.Models.Catalog.Models.Select(model => model.Slug), told.List("ids").Select(id => id.GetString()));
        Assert.Equal((Requests.Kling, "kling"), (told.Text("one"), told.Text("owner")));
    }

    [NodeFact]
    public async Task Edit_OfTwoPictures_IsAPicture()
    {
        var account = await scene.Run.Open();
        var told = await ClientProgram.Run("openai", scene, account.Key, "edit");
        Assert.Equal(("iVBOR", 1), (told.Text("start"), told.Number("count")));
    }

    [NodeFact]
    public async Task Edit_Streamed_EndsWithThePicture()
    {
        var account = await scene.Run.Open();
        var told = await ClientProgram.Run("openai", scene, account.Key, "editStream");
        Assert.Equal(["image_edit.completed"], told.List("types").Select(type => type.GetString()));
    }

    [NodeFact]
    public async Task EditStream_WhoseJobFails_ThrowsAndCostsNothing()
    {
        await scene.Gateway.InjectFault(
            new { provider = "kling", operation = "submit", action = "fail_task", body = "content policy", times = 1 });
        var account = await scene.Run.Open(mode: "live");
        var told = await ClientProgram.Run("openai", scene, account.Key, "brokenEditStream");
        Assert.Equal(("APIError", "content_moderated"), (told.Text("name"), told.Text("code")));
        Assert.Equal(10, (await account.WaitUntilSettled()).Number("available"));
    }

    [NodeFact]
    public async Task Chat_KilledAndSentAgainUnderItsKey_IsOneCharge()
    {
        var account = await scene.Run.Open(mode: "live");
        var keyed = new Dictionary<string, string> { ["TRYON_KEYED"] = "order 7", ["TRYON_MODEL"] = Requests.Gemini };
        await scene.Gateway.InjectFault(
            new { provider = "gemini", operation = "submit", action = "delay", delay_ms = 3_000, times = 1 });
        using (var killed = ClientProgram.Start("openai", scene, account.Key, "keyed", keyed))
        {
            await TestAccount.Until(
                async () => (await account.Figures()).Number("reserved") == 1, () => "nothing was reserved");
            killed.Kill();
        }

        var told = await ClientProgram.Run("openai", scene, account.Key, "keyed", keyed);
        Assert.Equal(9, (await account.WaitUntilSettled()).Number("available"));
        Assert.Contains(
            (await account.Statement()), entry => entry.ToString().Contains(told.Text("id"), StringComparison.Ordinal));
        var before = scene.Hits(account);
        var other = await ClientProgram.Run("openai", scene, account.Key, "keyedOtherwise", keyed);
        Assert.Equal(
            ("ConflictError", 409, before + 1), (other.Text("name"), other.Number("status"), scene.Hits(account)));
    }
}
