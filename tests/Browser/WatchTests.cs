using System.Text.Json;
using Microsoft.Playwright;

namespace TryOn.Browser.Tests;

/// <summary>A page of a shop watches a job and loses its network twice meanwhile.</summary>
[Collection(OneBrowser.Name)]
public sealed class WatchTests(Chromium chromium) : IAsyncLifetime
{
    /// <summary>Long enough to be disconnected and to reconnect while the job still runs.</summary>
    private const int SlowMilliseconds = 15_000;

    private readonly LiveGateway _gateway = new();
    private readonly CutProxy _network = CutProxy.Start();

    public async Task InitializeAsync()
    {
        // Every address that the gateway gives leads through the proxy that can be cut.
        _gateway.Overrides["TryOn:PublicBaseUrl"] = _network.Address.GetLeftPart(UriPartial.Authority);
        await _gateway.InitializeAsync();
        _network.Target = _gateway.Run.Address;
    }

    public async Task DisposeAsync()
    {
        await _network.DisposeAsync();
        await _gateway.DisposeAsync();
    }

    [ChromiumFact]
    public Task Events_ThroughTwoTunnels_AreToldToTheEnd() => Watch("events", "events_url");

    [ChromiumFact]
    public async Task Socket_ThroughTwoTunnels_IsToldToTheEnd() => Assert.True(await Watch("socket", "ws_url") >= 3);

    /// <returns>How many tokens the page has requested.</returns>
    private async Task<int> Watch(string by, string address)
    {
        await _gateway.InjectFault(
            new { provider = "kling", operation = "poll", action = "delay", delay_ms = SlowMilliseconds, times = 1 });
        var account = await _gateway.Run.Open(mode: "live");
        var job = (await account.TryOn(Requests.Good(Requests.Kling))).Json;
        var id = job.Text("id");
        await using var shop = await Shop.Open(account);
        var page = await chromium.Page();
        await page.GotoAsync(shop.PageOf(by, id, job.Text(address)).ToString());

        await Moved(page, from: 0);
        await Leave(page);
        Assert.Equal("processing", (await account.Get($"/api/v1/tryon/{id}")).Json.Text("status"));
        await Return(page);
        await Moved(page, from: await Shown(page));

        await Leave(page);
        await TestAccount.Until(
            async () => (await account.Get($"/api/v1/tryon/{id}")).Json.Text("status") == "succeeded",
            () => $"{id} still runs");
        Assert.True(await Shown(page) < 1);
        await Return(page);
        await page.WaitForFunctionAsync("() => window.over");
        await Whole(page, (await account.Get($"/api/v1/tryon/{id}")).Json);
        return shop.Tokens;
    }

    private static Task<double> Shown(IPage page) =>
        page.EvaluateAsync<double>("() => document.querySelector('progress').value");

    private static Task Moved(IPage page, double from) =>
        page.WaitForFunctionAsync(
            "from => heard.some(({ type, job }) => type === 'progress' && job.progress > from)", from);

    /// <summary>
    /// An offline page cannot connect, but its open WebSocket stays open, so the proxy is cut as well.
    /// </summary>
    private async Task Leave(IPage page)
    {
        var before = _network.Cuts;
        await page.Context.SetOfflineAsync(offline: true);
        _network.Down = true;
        _network.Cut();
        Assert.True(_network.Cuts > before, "Nothing was open.");
    }

    private async Task Return(IPage page)
    {
        _network.Down = false;
        await page.Context.SetOfflineAsync(offline: false);
    }

    /// <summary>
    /// Asserts each step once and in order, progress that never decreases, and a picture that the page may read.
    /// </summary>
    private static async Task Whole(IPage page, JsonElement job)
    {
        var heard = (await page.EvaluateAsync<JsonElement>("() => heard")).EnumerateArray().ToList();
        var steps = heard.Where(one => one.Text("type") != "progress").ToList();
        Assert.Equal(("snapshot", "result"), (steps[0].Text("type"), steps[^1].Text("type")));
        Assert.All(steps.Skip(1).SkipLast(1), one => Assert.Equal("status", one.Text("type")));
        Assert.Equal(steps.Select(one => one.Number("seq")).Distinct().Order(), steps.Select(one => one.Number("seq")));
        var progress = heard.Select(one => one.GetProperty("job").GetProperty("progress").GetDouble()).ToList();
        Assert.Equal(progress.Order(), progress);
        Assert.Equal(job.Text("id"), heard[^1].GetProperty("job").Text("id"));
        Assert.True(await page.EvaluateAsync<int>(ReadPicture) > 0);
    }

    /// <summary>A script may read the pixels of a picture of another origin only if that origin allows it.</summary>
    private const string ReadPicture = """
        async () => {
          const image = document.querySelector("img");
          await image.decode();
          const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight).getContext("2d");
          canvas.drawImage(image, 0, 0);
          return canvas.getImageData(0, 0, 1, 1).data.length;
        }
        """;
}
