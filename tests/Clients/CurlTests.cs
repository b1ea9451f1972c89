using System.Diagnostics;
using System.Text.Json;

namespace TryOn.Clients.Tests;

/// <summary>curl commands as the specification and the README print them.</summary>
[Collection(OneGateway.Name)]
public sealed class CurlTests(Scene scene)
{
    private static readonly TimeSpan Max = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData("person_images", "garment_images")]
    [InlineData("person_images[]", "garment_images[]")]
    public async Task Form_OfFiles_IsAJob(string person, string garment)
    {
        var account = await scene.Run.Open();
        var told = await Curl(
            account, "tryon", "-F", $"model={Requests.Kling}", "-F",
            $"{person}=@{scene.Picture("person.png", TestPictures.Person)}", "-F",
            $"{garment}=@{scene.Picture("garment.png", TestPictures.Garment)}");
        Assert.Equal("succeeded", (await account.WaitUntilEnded(told.Text("id"))).Text("status"));
    }

    /// <summary>The specification's command, with an existing model and pictures that can be downloaded.</summary>
    [Fact]
    public async Task Chat_AsSpecified_GivesAnAddress()
    {
        var account = await scene.Run.Open();
        var body = JsonSerializer.Serialize(Requests.Chat(Requests.Gemini).With("""{"modalities": ["image"]}"""));
        var file = scene.Picture("chat.json", System.Text.Encoding.UTF8.GetBytes(body));
        var told = await Curl(account, "chat/completions", "-H", "Content-Type: application/json", "-d", $"@{file}");
        var image = told.List("choices")[0].GetProperty("message").List("images")[0];
        Assert.StartsWith("http", image.GetProperty("image_url").Text("url"), StringComparison.Ordinal);
    }

    private async Task<JsonElement> Curl(TestAccount account, string route, params string[] arguments)
    {
        var address = new Uri(scene.Run.Address, $"/api/v1/{route}").ToString();
        var start = new ProcessStartInfo(
            "curl", ["-s", address, "-H", $"Authorization: Bearer {account.Key}", .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        using var curl = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Max, TimeProvider.System);
        var answer = await curl.StandardOutput.ReadToEndAsync(patience.Token);
        await curl.WaitForExitAsync(patience.Token);
        return JsonSerializer.Deserialize<JsonElement>(answer);
    }
}
