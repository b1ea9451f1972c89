using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace TryOn.Clients.Tests;

public sealed class SpecificationCurlTests
{
    private static readonly TimeSpan Max = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Sample_OfTheSpecification_RunsAsPrinted()
    {
        await using var shop = await PictureShop.Open();
        await using var run = await GatewayRun.Start(services: services => services.AddSingleton(shop.Network));
        var account = await run.Open();
        var told = await Curl(run, account);
        Assert.True(told.TryGetProperty("choices", out _), told.ToString());
        var image = told.List("choices")[0].GetProperty("message").List("images")[0];
        var picture = await run.Send(HttpMethod.Get, image.GetProperty("image_url").Text("url"), bearer: null);
        Assert.Equal((200, 9), (picture.Status, (await account.WaitUntilSettled()).Number("available")));
        Assert.Equal(["garment", "person"], shop.Visits.Order());
    }

    private static async Task<JsonElement> Curl(GatewayRun run, TestAccount account)
    {
        var start = new ProcessStartInfo("sh", [Path.Combine(ClientProgram.Folder, "specification.sh")])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["TRYON_BASE"] = new Uri(run.Address, "/api/v1").ToString();
        start.Environment["TRYON_API_KEY"] = account.Key;
        using var curl = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Max, TimeProvider.System);
        var complained = curl.StandardError.ReadToEndAsync(patience.Token);
        var answer = await curl.StandardOutput.ReadToEndAsync(patience.Token);
        await curl.WaitForExitAsync(patience.Token);
        Assert.True(curl.ExitCode == 0, await complained);
        return JsonSerializer.Deserialize<JsonElement>(answer);
    }
}
