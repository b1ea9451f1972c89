namespace TryOn.Api.Tests.Models;

/// <summary>A slug outlives the upstream's model. The model behind it is a setting, and is shown to clients.</summary>
public sealed class ModelRouteTests
{
    private const string Flux = "fal-ai/flux-pro/kontext/max/multi";

    [Theory]
    [InlineData(Requests.Kling, "Kling", "kolors-virtual-try-on-v1")]
    [InlineData(Requests.Gemini, "Gemini", "gemini-3.1-flash-image")]
    [InlineData("openai/gpt-image-1", "OpenAI", "gpt-image-2.5-flare")]
    [InlineData("fal/flux-kontext", "Fal", Flux)]
    public async Task Model_OfAChangedSetting_AnswersUnderItsSlug(string slug, string provider, string upstream)
    {
        var gateway = new LiveGateway
        {
            AllProviders = true, Overrides = { [$"TryOn:Providers:{provider}:ModelId"] = upstream },
        };
        await gateway.InitializeAsync();
        var account = await gateway.Run.Open(mode: "live");

        var ended = await account.WaitUntilEnded((await account.TryOn(Requests.Good(slug))).Json.Text("id"));

        Assert.Equal(("succeeded", slug), (ended.Text("status"), ended.Text("model")));
        Assert.Equal(upstream, Assert.Single(await gateway.WitnessLog()).Text("model"));
        var told = (await account.Get($"/api/v1/models/{slug}")).Json.List("served_by")[0];
        Assert.Equal((provider.ToLowerInvariant(), upstream), (told.Text("provider"), told.Text("upstream_model")));
        await gateway.DisposeAsync();
    }

    [Fact]
    public async Task Models_Listed_SayWhoAnswersHere()
    {
        var gateway = new LiveGateway();
        await gateway.InitializeAsync();
        var (live, test) = (await gateway.Run.Open(mode: "live"), await gateway.Run.Open());

        Assert.Equal(
            ["kling:kolors-virtual-try-on-v1-5", "gemini:gemini-2.5-flash-image", "", "", ""], await Routes(live));
        Assert.Equal(
            [
                "kling:kolors-virtual-try-on-v1-5 fal:fal-ai/kling/v1-5/kolors-virtual-try-on",
                "gemini:gemini-2.5-flash-image", "openai:gpt-image-2.5-sunburst", "fal:fal-ai/flux-pro/kontext/multi",
                "fashn:tryon-v1.6",
            ],
            await Routes(test));
        await gateway.DisposeAsync();
    }

    private static async Task<IEnumerable<string>> Routes(TestAccount account) =>
        (await account.Get("/api/v1/models")).Json.List("data").Select(model => string.Join(
            ' ', model.List("served_by").Select(route => $"{route.Text("provider")}:{route.Text("upstream_model")}")));
}
