
namespace TryOn.Clients.Tests;

/// <summary>npm's <c>@openrouter/sdk</c>, which validates every answer against its own schema.</summary>
[Collection(OneGateway.Name)]
public sealed class OpenRouterNodeTests(Scene scene) : IAsyncLifetime
{
    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => scene.Gateway.ClearFaults();

    [NodeFact]
    public async Task Chat_WithoutRoles_GivesAnAddress()
    {
        var account = await scene.Run.Open();
        var told = await ClientProgram.Run("openrouter", scene, account.Key, "chat");
        Assert.StartsWith("http", told.Text("url"), StringComparison.Ordinal);
        Assert.Equal((1, 1), (told.Number("cost"), scene.Hits(account)));
    }

    [NodeFact]
    public async Task Stream_OfAPicture_IsTakenWhole()
    {
        var account = await scene.Run.Open();
        var told = await ClientProgram.Run("openrouter", scene, account.Key, "stream");
        Assert.Equal(("stop", 1), (told.Text("finish"), told.Number("cost")));
    }

    [NodeFact]
    public async Task Models_AndCredits_FitItsSchemas()
    {
        var account = await scene.Run.Open(credits: 7);
        var told = await ClientProgram.Run("openrouter", scene, account.Key, "models");
        Assert.Contains(Requests.Kling, told.List("ids").Select(id => id.GetString()));
        Assert.Equal((Requests.Kling, "Kling"), (told.Text("one"), told.Text("provider")));
        Assert.Equal((told.List("ids").Count, 7), (told.Number("count"), told.Number("credits")));
    }

    [NodeFact]
    public async Task Images_Generated_FitItsSchemas()
    {
        var account = await scene.Run.Open();
        var told = await ClientProgram.Run("openrouter", scene, account.Key, "images");
        Assert.Equal(("iVBOR", 1), (told.Text("start"), told.Number("cost")));
        Assert.True(told.Number("listed") > 0);
    }

    [NodeFact]
    public async Task Keys_MadeChangedAndRemoved_FitItsSchemas()
    {
        var account = await scene.Run.Open();
        var told = await ClientProgram.Run("openrouter", scene, account.Key, "keys");
        Assert.StartsWith("tryon_test_", told.Text("secret"), StringComparison.Ordinal);
        Assert.Equal(("shop", 5, "monthly"), (told.Text("name"), told.Number("limit"), told.Text("reset")));
        Assert.Equal(("2099-01-31T12:00:00.000Z", "till"), (told.Text("expires"), told.Text("renamed")));
        Assert.True(told.GetProperty("disabled").GetBoolean() && told.GetProperty("deleted").GetBoolean());
        Assert.Equal([1L, 2L, 1L], told.List("counts").Select(count => count.GetInt64()));
    }

    [NodeFact]
    public async Task History_OfOnePicture_FitsItsSchemas()
    {
        var account = await scene.Run.Open(limits: new { requests_per_minute = 30 });
        var told = await ClientProgram.Run("openrouter", scene, account.Key, "history");
        Assert.Equal((told.Text("asked"), "Kling", 1), (told.Text("id"), told.Text("provider"), told.Number("cost")));
        Assert.Equal((1, 30, 1), (told.Number("usage"), told.Number("requests"), told.Number("spent")));
        Assert.Equal([Requests.Kling], told.List("days").Select(model => model.GetString()));
    }

    /// <summary>The gateway makes no videos, and must say so in an error that the client understands.</summary>
    [NodeFact]
    public async Task Video_WhichNothingHereMakes_IsItsNotFoundError()
    {
        var account = await scene.Run.Open();
        var told = await ClientProgram.Run("openrouter", scene, account.Key, "video");
        Assert.Equal(("NotFoundResponseError", 404), (told.Text("name"), told.Number("status")));
    }

    [NodeFact]
    public async Task Chat_WithoutCredits_IsAskedForOnce()
    {
        var account = await scene.Run.Open(credits: 0);
        var told = await ClientProgram.Run("openrouter", scene, account.Key, "refused");
        Assert.Equal(
            ("PaymentRequiredResponseError", 402, 1), (told.Text("name"), told.Number("status"), scene.Hits(account)));
    }

    /// <summary>The client repeats a request for up to an hour; failed requests cost nothing.</summary>
    [NodeFact]
    public async Task Chat_WhoseProviderFailsFirst_IsChargedOnce()
    {
        var account = await scene.Run.Open(mode: "live");
        await scene.Gateway.InjectFault(
            new { provider = "gemini", operation = "submit", action = "status", status = 503, times = 3 });
        var gemini = new Dictionary<string, string> { ["TRYON_MODEL"] = Requests.Gemini };
        var told = await ClientProgram.Run("openrouter", scene, account.Key, "chat", gemini);
        Assert.StartsWith("http", told.Text("url"), StringComparison.Ordinal);
        Assert.Equal((9, 2), ((await account.WaitUntilSettled()).Number("available"), scene.Hits(account)));
        Assert.Equal("grant reserve release reserve capture", await account.StatementKinds());
    }
}
