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
        Browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Phone.Executable(), Args = Phone.Quiet });
    }

    public async Task DisposeAsync()
    {
        await Browser.DisposeAsync();
        _playwright.Dispose();
    }
}
