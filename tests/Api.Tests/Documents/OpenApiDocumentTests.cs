using System.Text.Json;

namespace TryOn.Api.Tests.Documents;

[Collection(Shared.Name)]
public sealed class OpenApiDocumentTests(SharedGateway gateway)
{
    /// <summary>
    /// When set, the test rewrites the document: <c>TRYON_WRITE_OPENAPI=1 dotnet test tests/Api.Tests</c>.
    /// </summary>
    private const string Write = "TRYON_WRITE_OPENAPI";

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    [Fact]
    public async Task Document_InTheRepository_IsTheOneServed()
    {
        var served = JsonSerializer.Serialize(await Document(), Readable) + "\n";
        var path = Path.Combine(Repository.Root, "docs", "openapi.json");
        if (Environment.GetEnvironmentVariable(Write) is { Length: > 0 })
            await File.WriteAllTextAsync(path, served.ReplaceLineEndings("\n"));
        Assert.True(
            served.ReplaceLineEndings("\n") == (await File.ReadAllTextAsync(path)).ReplaceLineEndings("\n"),
            $"The contract changed. If it was meant to: {Write}=1 dotnet test tests/Api.Tests --filter OpenApi, and "
                + "commit docs/openapi.json.");
    }

    [Fact]
    public async Task Document_OfEveryRoute_SaysWhatItDoesAndHowItFails()
    {
        var document = await Document();
        Assert.StartsWith("3.1", document.Text("openapi"), StringComparison.Ordinal);
        foreach (var (name, operation) in Operations(document))
        {
            var admin = operation.List("tags")[0].GetString() == "Admin";
            Assert.True(admin || operation.TryGetProperty("summary", out _), $"{name} has no summary");
            var responses = operation.GetProperty("responses");
            Assert.True(
                admin || responses.EnumerateObject().Any(response => response.Name[0] == '2'), $"{name} has no answer");
            var refusal = responses.GetProperty("401");
            var flat = operation.List("tags")[0].GetString() is "TryItOn" or "FASHN";
            Assert.Equal(
                flat ? "UnauthorizedAccess" : "#/components/responses/Error401",
                refusal.Text(flat ? "description" : "$ref"));
            Assert.True(
                admin || !operation.TryGetProperty("requestBody", out var body)
                || body.GetProperty("content").GetProperty("application/json").TryGetProperty("example", out _),
                $"{name} has no example");
        }
    }

    [Fact]
    public async Task Document_OfErrors_HasAnExampleOfEachName()
    {
        var responses = (await Document()).GetProperty("components").GetProperty("responses");
        var examples = responses.EnumerateObject().SelectMany(response => response.Value
            .GetProperty("content").GetProperty("application/json").GetProperty("examples").EnumerateObject());
        var names = Enum.GetValues<Core.Errors.ErrorCode>().Where(code => code != Core.Errors.ErrorCode.None)
            .Select(Api.Errors.ErrorStatus.Name);
        Assert.Equal(names.Order(), examples.Select(example => example.Name).Order());
    }

    [Theory]
    [InlineData("/api/v1/chat/completions post")]
    [InlineData("/api/v1/images/edits post")]
    [InlineData("/api/v1/models get")]
    [InlineData("/api/v1/tryon/{id} get")]
    [InlineData("/api/v1/credits get")]
    [InlineData("/api/v1/tryon/status/{id} get")]
    [InlineData("/api/v1/tryon/clothes post")]
    [InlineData("/api/v1/tryon/fashion post")]
    [InlineData("/api/v1/tryon/hairstyle post")]
    [InlineData("/api/v1/tryon/hairstyles post")]
    [InlineData("/api/v1/status/{id} get")]
    [InlineData("/v1/run post")]
    [InlineData("/v1/status/{id} get")]
    [InlineData("/v1/credits get")]
    public async Task Document_Has_TheRoute(string route) =>
        Assert.Contains(route, Operations(await Document()).Select(operation => operation.Name));

    [Fact]
    public async Task Page_ToReadIt_IsServed()
    {
        var page = await gateway.Run.Send(HttpMethod.Get, "/docs/index.html", bearer: null);
        Assert.Equal(200, page.Status);
        Assert.Contains("swagger-ui", page.Text, StringComparison.Ordinal);
    }

    private async Task<JsonElement> Document()
    {
        var reply = await gateway.Run.Send(HttpMethod.Get, "/openapi/v1.json", bearer: null);
        Assert.Equal(200, reply.Status);
        return reply.Json;
    }

    private static IEnumerable<(string Name, JsonElement Operation)> Operations(JsonElement document) =>
        from path in document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        select ($"{path.Name} {operation.Name}", operation.Value);
}
