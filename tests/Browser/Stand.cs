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

    readonly Chromium _chromium = new();
    TestService _service = null!;

    public IBrowser Browser => _chromium.Browser;
    public string Url => _service.Url.ToString().TrimEnd('/');

    public async Task InitializeAsync()
    {
        // The browser starts while the service does.
        var browser = _chromium.InitializeAsync();
        _service = await TestService.Start(packs: [TestPacks.Liling]);
        await browser;
    }

    public async Task DisposeAsync()
    {
        await _chromium.DisposeAsync();
        await _service.DisposeAsync();
    }

    /// <summary>A person's first window, in a browser that nobody used before.</summary>
    public Task<Desk> Open(string account, int width = 1440, int height = 900, string language = "zh-CN") =>
        Desk.Open(Browser, Url, account, width, height, language);

    /// <summary>A person who calls the API without a browser, for what a test needs beforehand.</summary>
    public Task<Client> As(string person) => _service.As(person, TestPacks.Liling.Id);

    /// <summary>A person of another pack.</summary>
    public Task<Client> As(string person, string pack) => _service.As(person, pack);

    /// <summary>Has the month of scores of a pack closed now, in place of days after its end.</summary>
    public Task CloseScores(string pack) => _service.CloseScores(pack);

    /// <summary>Loads another pack, whose people a test needs.</summary>
    public Task<Pack> Load(Pack pack) => _service.Load(pack);
}
