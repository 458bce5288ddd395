using Microsoft.Playwright;

namespace GridActors.Browser.Tests;

/// <summary>The browser of tests that start services of their own. They run beside the tests that share a service.</summary>
[CollectionDefinition(OwnService)]
public sealed class Chromium : ICollectionFixture<Chromium>, IAsyncLifetime
{
    public const string OwnService = "pages of a service of their own";

    IPlaywright _playwright = null!;

    public IBrowser Browser { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        // It is long, so that a busy machine doesn't fail a test.
        Assertions.SetDefaultExpectTimeout(30_000);
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Executable(), Args = Quiet });
    }

    static readonly string[] Quiet =
    [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ];

    /// <summary>A phone whose browser can be killed and started again with what it has stored.</summary>
    /// <param name="profile">The folder where it stores it.</param>
    public static async Task<IBrowserContext> OpenPhone(IPlaywright playwright, string url, string profile)
    {
        var context = await playwright.Chromium.LaunchPersistentContextAsync(
            profile,
            new()
            {
                ExecutablePath = Executable(),
                Args = Quiet,
                BaseURL = url,
                ViewportSize = new() { Width = 390, Height = 844 },
                Locale = "zh-CN",
                TimezoneId = "Asia/Shanghai",
                HasTouch = true,
            }
        );
        context.SetDefaultTimeout(60_000);
        return context;
    }

    public async Task DisposeAsync()
    {
        await Browser.DisposeAsync();
        _playwright.Dispose();
    }

    static string Executable() =>
        (
            from name in new[] { "chromium", "chromium-browser", "google-chrome", "google-chrome-stable" }
            from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            select Path.Combine(folder, name)
        ).FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("There is no Chromium on the PATH: sudo apt-get install chromium fonts-noto-cjk");
}
