using GridActors.Domain.Packs;
using Microsoft.Playwright;

namespace GridActors.Browser.Tests;

/// <summary>
/// The service with the real pack, and the browser, which all tests of the pages share. Each test has its own windows and cases.
/// </summary>
[CollectionDefinition(Name)]
public sealed class Stand : ICollectionFixture<Stand>, IAsyncLifetime
{
    public const string Name = "pages";

    TestService _service = null!;
    IPlaywright _playwright = null!;

    public IBrowser Browser { get; private set; } = null!;
    public string Url => _service.Url.ToString().TrimEnd('/');

    public async Task InitializeAsync()
    {
        // The browser starts while the service does.
        var browser = StartBrowser();
        _service = await TestService.Start(packs: [TestPacks.Liling]);
        await browser;
        Assertions.SetDefaultExpectTimeout(10_000);
    }

    public async Task DisposeAsync()
    {
        await Browser.DisposeAsync();
        _playwright.Dispose();
        await _service.DisposeAsync();
    }

    /// <summary>A person's first window, in a browser that nobody used before.</summary>
    public Task<Desk> Open(string account, int width = 1440, int height = 900, string language = "zh-CN") =>
        Desk.Open(Browser, Url, account, width, height, language);

    /// <summary>A person who calls the API without a browser, for what a test needs beforehand.</summary>
    public Task<Client> As(string person) => _service.As(person, TestPacks.Liling.Id);

    /// <summary>Loads another pack, whose people a test needs.</summary>
    public Task<Pack> Load(Pack pack) => _service.Load(pack);

    async Task StartBrowser()
    {
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(
            new()
            {
                ExecutablePath = Chromium(),
                Args =
                [
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                ],
            }
        );
    }

    static string Chromium() =>
        (
            from name in new[] { "chromium", "chromium-browser", "google-chrome", "google-chrome-stable" }
            from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            select Path.Combine(folder, name)
        ).FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("There is no Chromium on the PATH: sudo apt-get install chromium fonts-noto-cjk");
}
