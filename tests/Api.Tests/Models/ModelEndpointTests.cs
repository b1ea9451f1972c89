using System.Text.Json;
using TryOn.Core.Models;

namespace TryOn.Api.Tests.Models;

[Collection(Shared.Name)]
public sealed class ModelEndpointTests(SharedGateway gateway)
{
    /// <summary>
    /// OpenRouter's client refuses a list whose entries lack any of these fields, even if they may be null.
    /// </summary>
    private static readonly string[] Insisted =
    [
        "id", "canonical_slug", "name", "created", "description", "context_length", "architecture", "pricing",
        "top_provider", "per_request_limits", "supported_parameters", "default_parameters", "supported_voices", "links",
    ];

    [Fact]
    public async Task Models_Listed_AreTheCatalog()
    {
        var account = await gateway.Run.Open();
        var reply = await account.Get("/api/v1/models");
        Assert.Equal((200, "list"), (reply.Status, reply.Json.Text("object")));
        Assert.Equal(
            Catalog.Models.Select(model => model.Slug), reply.Json.List("data").Select(model => model.Text("id")));
    }

    [Fact]
    public async Task Models_Listed_HaveWhatStrictClientsInsistOn()
    {
        var account = await gateway.Run.Open();
        var models = (await account.Get("/api/v1/models")).Json.List("data");
        Assert.All(models, model => Assert.All(Insisted, name => Assert.True(model.TryGetProperty(name, out _), name)));
        Assert.All(models, model => Assert.Equal("model", model.Text("object")));
        Assert.All(
            models, model => Assert.Equal(
                $"/api/v1/models/{model.Text("id")}/endpoints", model.GetProperty("links").Text("details")));
    }

    [Fact]
    public async Task Model_Listed_SaysWhatItTakesAndCosts()
    {
        var account = await gateway.Run.Open();
        var kling = (await account.Get("/api/v1/models")).Json.List("data")[0];
        Assert.Equal(("kling", "dedicated-tryon"), (kling.Text("provider"), kling.Text("kind")));
        Assert.Equal("submit-poll", kling.Text("execution_mode"));
        Assert.Equal((45, 1), (kling.Number("expected_latency_seconds"), kling.Number("credits")));
        Assert.Equal(
            """{"categories":["apparel"],"max_person_images":1,"max_garment_images":1"""
            + ""","mask":false,"prompt_override":false,"fast_mode":true}""",
            JsonSerializer.Serialize(kling.GetProperty("capabilities")));
    }

    [Theory]
    [InlineData("kling/kolors-v1-5")]
    [InlineData("kling%2Fkolors-v1-5")]
    public async Task Model_BySlug_IsFoundHoweverTheSlashIsWritten(string slug)
    {
        var account = await gateway.Run.Open();
        var reply = await account.Get($"/api/v1/models/{slug}");
        Assert.Equal((200, Requests.Kling), (reply.Status, reply.Json.Text("id")));
    }

    [Theory]
    [InlineData("kling")]
    [InlineData("no/such/model")]
    public async Task Model_ThatIsUnknown_IsNotFound(string slug)
    {
        var account = await gateway.Run.Open();
        Envelope.Check(await account.Get($"/api/v1/models/{slug}"), 404, "NotFound", "not_found");
    }
}
