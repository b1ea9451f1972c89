using Microsoft.Playwright;

namespace TryOn.Browser.Tests;

/// <summary>One browser for all tests, with a new profile for each page.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private const float PatienceMilliseconds = 40_000;

    private IPlaywright? _driver;
    private IBrowser _browser = null!;

    public async Task InitializeAsync()
    {
        if (ChromiumFactAttribute.Program is null)
            return;
        _driver = await Playwright.CreateAsync();
        // Chromium has no sandbox for root, and containers have a small /dev/shm.
        _browser = await _driver.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = ChromiumFactAttribute.Program,
            Args = ["--no-sandbox", "--disable-dev-shm-usage"],
        });
    }

    public async Task<IPage> Page()
    {
        var context = await _browser.NewContextAsync();
        context.SetDefaultTimeout(PatienceMilliseconds);
        return await context.NewPageAsync();
    }

    public async Task DisposeAsync()
    {
        if (_driver is null)
            return;
        await _browser.DisposeAsync();
        _driver.Dispose();
    }
}

[CollectionDefinition(Name)]
public sealed class OneBrowser : ICollectionFixture<Chromium>
{
    public const string Name = "one browser";
}
