using System.Text.Json;

namespace TryOn.Api.Tests.Admin;

/// <summary>Uses a gateway of its own, since the report covers all accounts.</summary>
public sealed class CostReportTests : IAsyncLifetime
{
    private readonly LiveGateway _gateway = new() { AllProviders = true };

    public Task InitializeAsync() => _gateway.InitializeAsync();

    public Task DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Costs_OfTwoModels_AreHeldAgainstTheirCredits()
    {
        var (live, test) = (await _gateway.Run.Open(mode: "live"), await _gateway.Run.Open());
        var kling = (await live.TryOn(Requests.Good(Requests.Kling))).Json.Text("id");
        await live.WaitUntilEnded(kling);
        await live.TryOn(Requests.Good());
        await test.TryOn(Requests.Good());
        await live.WaitUntilSettled();
        await test.WaitUntilSettled();

        var rows = (await _gateway.Run.Admin(HttpMethod.Get, "costs")).Json.List("data");

        Assert.Equal(
            [(Requests.Gemini, "live", 1, 1), (Requests.Gemini, "test", 1, 1), (Requests.Kling, "live", 1, 1)],
            rows.Select(row => (row.Text("model"), row.Text("mode"), row.Number("requests"), row.Number("captured"))));
        Assert.Equal(("kling_units", 1), Cost(rows[2]));
        Assert.Equal("gemini_tokens", Cost(rows[0]).Unit);
    }

    [Fact]
    public async Task Costs_OfALostAnswer_ShowTheExtraSubmit()
    {
        var live = await _gateway.Run.Open(mode: "live");
        await _gateway.InjectFault(new { provider = "gemini", operation = "submit", action = "drop_after", times = 1 });
        await live.WaitUntilEnded((await live.TryOn(Requests.Good())).Json.Text("id"));
        await live.WaitUntilSettled();

        var row = Assert.Single((await _gateway.Run.Admin(HttpMethod.Get, "costs?from=2026-01-01")).Json.List("data"));

        Assert.Equal((1, 1, 1), (row.Number("requests"), row.Number("captured"), row.Number("extra_submits")));
        Assert.Single((await _gateway.Run.Admin(HttpMethod.Get, "costs?from=0001-01-01")).Json.List("data"));
        Assert.Empty((await _gateway.Run.Admin(HttpMethod.Get, "costs?to=2026-01-01")).Json.List("data"));
        var bad = await _gateway.Run.Admin(HttpMethod.Get, "costs?from=x");
        Envelope.Check(bad, 400, "BadRequest", "invalid_request", "from");
    }

    [Theory]
    [InlineData("openai/gpt-image-1", "openai_tokens", 3000)]
    [InlineData("fal/flux-kontext", "fal_units", 1)]
    [InlineData("fashn/tryon-v1-6", "fashn_credits", 1)]
    public async Task Costs_OfOtherUpstreams_AreInTheirOwnUnits(string model, string unit, int amount)
    {
        var live = await _gateway.Run.Open(mode: "live");
        await live.WaitUntilEnded((await live.TryOn(Requests.Good(model))).Json.Text("id"));
        await live.WaitUntilSettled();

        var row = Assert.Single((await _gateway.Run.Admin(HttpMethod.Get, "costs")).Json.List("data"));

        Assert.Equal((model, (unit, amount)), (row.Text("model"), Cost(row)));
    }

    private static (string Unit, decimal Amount) Cost(JsonElement row)
    {
        var cost = Assert.Single(row.List("upstream"));
        return (cost.Text("unit"), cost.GetProperty("amount").GetDecimal());
    }
}
