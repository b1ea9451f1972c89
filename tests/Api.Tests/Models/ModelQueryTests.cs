namespace TryOn.Api.Tests.Models;

[Collection(Shared.Name)]
public sealed class ModelQueryTests(SharedGateway gateway)
{
    private const string KlingFirst = $"{Requests.Kling} {Requests.Gemini}";

    [Theory]
    [InlineData("", KlingFirst)]
    [InlineData("?q=KOLORS", Requests.Kling)]
    [InlineData("?q=nothing", "")]
    [InlineData("?output_modalities=image", KlingFirst)]
    [InlineData("?output_modalities=text", "")]
    [InlineData("?output_modalities=text,image", KlingFirst)]
    [InlineData("?supported_parameters=prompt", Requests.Gemini)]
    [InlineData("?supported_parameters=prompt,mask", "")]
    [InlineData("?sort=latency", $"{Requests.Gemini} {Requests.Kling}")]
    [InlineData("?sort=latency:desc", KlingFirst)]
    [InlineData("?sort=price", KlingFirst)]
    [InlineData("?sort=whatever", KlingFirst)]
    [InlineData("?limit=1", Requests.Kling)]
    [InlineData("?offset=1", Requests.Gemini)]
    [InlineData("?offset=9", "")]
    public async Task Models_Filtered_AreThoseThatMatch(string query, string slugs)
    {
        var account = await gateway.Run.Open();
        var reply = await account.Get($"/api/v1/models{query}");
        var known = reply.Json.List("data").Select(model => model.Text("id")).Where(KlingFirst.Split(' ').Contains);
        Assert.Equal(slugs, string.Join(' ', known));
    }

    [Fact]
    public async Task Models_InPages_NameTheNext()
    {
        var account = await gateway.Run.Open();
        var first = (await account.Get("/v1/models?limit=1")).Json;
        var next = first.GetProperty("links").Text("next");
        Assert.True(first.Number("total_count") > 1);
        Assert.Equal(Requests.Gemini, (await account.Get(next)).Json.List("data")[0].Text("id"));
    }

    [Theory]
    [InlineData("/api/v1/models")]
    [InlineData("/v1/models")]
    public async Task Models_InPages_KeepTheirFilterAndOrder(string path)
    {
        var account = await gateway.Run.Open();
        var whole = (await account.Get($"{path}?output_modalities=image&q=a%20&sort=price:desc")).Json.List("data");
        var (next, found) = (
            $"{path}?output_modalities=image&q=a%20&Offset=0&sort=price:desc&limit=1", new List<string>());
        while (next is not null)
        {
            Assert.StartsWith(path, next, StringComparison.Ordinal);
            var page = (await account.Get(next)).Json;
            found.Add(Assert.Single(page.List("data")).Text("id"));
            next = page.GetProperty("links").GetProperty("next").GetString();
        }

        Assert.True(found.Count > 1);
        Assert.Equal(whole.Select(model => model.Text("id")), found);
    }

    [Theory]
    [InlineData("offset=-1", "offset")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=many", "limit")]
    public async Task Models_WithABrokenPage_AreRefused(string query, string param)
    {
        var account = await gateway.Run.Open();
        Envelope.Check(await account.Get($"/api/v1/models?{query}"), 400, "BadRequest", "invalid_request", param);
    }

    [Theory]
    [InlineData("/api/v1/model/kling/kolors-v1-5")]
    [InlineData("/v1/model/kling/kolors-v1-5")]
    [InlineData("/api/v1/models/kling/kolors-v1-5/endpoints")]
    public async Task Model_AskedForAsOpenRouterDoes_IsInAnEnvelope(string path)
    {
        var account = await gateway.Run.Open();
        Assert.Equal(Requests.Kling, (await account.Get(path)).Json.GetProperty("data").Text("id"));
    }

    [Theory]
    [InlineData("/api/v1/model/kling/none")]
    [InlineData("/api/v1/models/kling/none/endpoints")]
    public async Task Model_ThatIsUnknown_IsNotFoundInEitherSpelling(string path)
    {
        var account = await gateway.Run.Open();
        Envelope.Check(await account.Get(path), 404, "NotFound", "not_found");
    }

    [Theory]
    [InlineData("/v1/chat/completions")]
    [InlineData("/v1/images/edits")]
    public async Task Route_UnderPlainV1_WantsItsKeyToo(string path) =>
        Assert.Equal(401, (await gateway.Run.Send(HttpMethod.Post, path, bearer: null, Requests.Text("{}"))).Status);
}
