using Microsoft.Playwright;

namespace GridActors.Browser.Tests;

/// <summary>Starts Chromium as the browser of a phone.</summary>
static class Phone
{
    public static readonly string[] Quiet =
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
    public static async Task<IBrowserContext> Open(IPlaywright playwright, string url, string profile)
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

    /// <summary>
    /// The shell without windows comes first, as in Playwright: it runs the same pages, and spends nothing on a window around them.
    /// </summary>
    public static string Executable() =>
        (
            from name in new[] { "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable" }
            from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            select Path.Combine(folder, name)
        ).FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("There is no Chromium on the PATH: sudo apt-get install chromium-headless-shell");
}
