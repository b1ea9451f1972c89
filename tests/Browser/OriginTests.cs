using Microsoft.Playwright;

namespace TryOn.Browser.Tests;

/// <summary>What a browser allows a page to do with a gateway of another origin.</summary>
[Collection(OneBrowser.Name)]
public sealed class OriginTests(Chromium chromium)
{
    private const string Read = """
        async ({ address, headers }) => {
          try { return (await fetch(address, { headers })).status; } catch { return 0; }
        }
        """;

    private const string ShowThenRead = """
        async (address) => {
          const image = new Image();
          image.src = address;
          await image.decode();
          try {
            const blob = await (await fetch(address)).blob();
            const bitmap = await createImageBitmap(blob);
            return `${bitmap.width === image.naturalWidth}`;
          } catch { return "kept out"; }
        }
        """;

    private const string Connect = """
        ({ address, protocols }) => new Promise((resolve) => {
          const socket = new WebSocket(address, protocols);
          socket.onopen = () => resolve("open");
          socket.onclose = ({ code }) => resolve(`${code}`);
        })
        """;

    [ChromiumFact]
    public async Task Page_OfAnyOrigin_WatchesWithATokenAndHasNoUseOfAKey()
    {
        await using var run = await GatewayRun.Start();
        var (page, account, job) = await Visit(run);
        var token = await Token(account, job);
        Assert.Equal(200, await Fetch(page, $"{job.Events}?token={token}"));
        Assert.Equal(0, await Fetch(page, job.Events, account.Key));
        Assert.Equal(0, await Fetch(page, new Uri(run.Address, "/api/v1/credits").ToString(), account.Key));
        Assert.Equal(401, await Fetch(page, $"{job.Events}?token={account.Key}"));
        Assert.Equal("open", await Open(page, job.Socket, token));
    }

    [ChromiumFact]
    public async Task Page_OfAnOriginThatIsNotListed_IsKeptOut()
    {
        await using var run = await GatewayRun.Start(new() { ["TryOn:Browsers:Origins:0"] = "https://shop.example" });
        var (page, account, job) = await Visit(run);
        var token = await Token(account, job);
        Assert.Equal(0, await Fetch(page, $"{job.Events}?token={token}"));
        Assert.Equal("1006", await Open(page, job.Socket, token));
    }

    /// <summary>The second answer comes from the browser's cache, with the headers that the first one had.</summary>
    [ChromiumFact]
    public async Task Page_ThatHasShownAResult_MayReadIt()
    {
        await using var run = await GatewayRun.Start();
        var (page, account, job) = await Visit(run);
        var address = (await account.WaitUntilEnded(job.Id)).List("output")[0].Text("url");
        Assert.Equal("true", await page.EvaluateAsync<string>(ShowThenRead, address));
    }

    private static Task<int> Fetch(IPage page, string address, string? key = null) => page.EvaluateAsync<int>(
        Read, new { address, headers = key is null
            ? []
            : new Dictionary<string, string> { ["Authorization"] = $"Bearer {key}" } });

    private static Task<string> Open(IPage page, string address, string token) =>
        page.EvaluateAsync<string>(Connect, new { address, protocols = new[] { "tryon.v1", $"tryon-key.{token}" } });

    private static async Task<string> Token(TestAccount account, Job job) =>
        (await account.Post($"/api/v1/tryon/{job.Id}/token", content: null)).Json.Text("token");

    /// <summary>Opens the page of a shop whose server has a key and a job.</summary>
    private async Task<(IPage Page, TestAccount Account, Job Job)> Visit(GatewayRun run)
    {
        var account = await run.Open();
        var job = (await account.TryOn(Requests.Good())).Json;
        await using var shop = await Shop.Open(account);
        var page = await chromium.Page();
        await page.GotoAsync(shop.Address.ToString());
        return (page, account, new Job(job.Text("id"), job.Text("events_url"), job.Text("ws_url")));
    }

    private sealed record Job(string Id, string Events, string Socket);
}
