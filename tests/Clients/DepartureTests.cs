
namespace TryOn.Clients.Tests;

/// <summary>What a waiting client receives from a gateway that shuts down.</summary>
public sealed class DepartureTests : IAsyncLifetime
{
    private readonly Scene _scene = new();

    public Task InitializeAsync() => _scene.InitializeAsync();

    public Task DisposeAsync() => _scene.DisposeAsync();

    [NodeFact]
    public async Task Answer_StillSilentAtTheStop_SaysWhenToReturn()
    {
        var account = await _scene.Run.Open(mode: "live");
        await _scene.Gateway.InjectFault(
            new { provider = "gemini", operation = "submit", action = "delay", delay_ms = 30_000 });
        var gemini = new Dictionary<string, string> { ["TRYON_MODEL"] = Requests.Gemini };
        var waiting = ClientProgram.Run("openai", _scene, account.Key, "refusedAtOnce", gemini);
        await TestAccount.Until(
            async () => (await account.Figures()).Number("reserved") == 1, () => "nothing was reserved");
        await _scene.Run.Stop();
        var told = await waiting;
        Assert.Equal(
            ("InternalServerError", 503, "2"), (told.Text("name"), told.Number("status"), told.Text("retryAfter")));
    }
}
