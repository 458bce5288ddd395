using GridActors.Domain.Packs;
using GridActors.Domain.Packs.Files;
using GridActors.Postgres;
using GridActors.Silo.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Playwright;

namespace GridActors.Browser.Tests;

/// <summary>All tests of the pages share one service with the real pack, one database and one browser; each has its own window and its own cases.</summary>
[CollectionDefinition(Name)]
public sealed class Stand : ICollectionFixture<Stand>, IAsyncLifetime
{
    public const string Name = "pages";
    public const string Password = "browser-tests";

    readonly string _folder = Directory.CreateTempSubdirectory("gridactors-pages-").FullName;
    PrivatePostgres _postgres = null!;
    ServiceHost _host = null!;
    IPlaywright _playwright = null!;

    public IBrowser Browser { get; private set; } = null!;
    public string Url => _host.Url;

    /// <summary>The real county, as it is published.</summary>
    public static Pack Pack { get; } = PackReader.Read(Path.Combine(Root(), "packs", "liling")).Pack!;

    public async Task InitializeAsync()
    {
        // The browser starts while the database does.
        var browser = StartBrowser();
        _postgres = await PrivatePostgres.StartAsync(new() { DataFolder = _folder }, NullLogger.Instance);
        _host = await ServiceHost.StartAsync(Settings(_postgres.ConnectionString, "http://127.0.0.1:0"), default);
        await browser;
        Assertions.SetDefaultExpectTimeout(10_000);
    }

    public async Task DisposeAsync()
    {
        await Browser.DisposeAsync();
        _playwright.Dispose();
        await _host.DisposeAsync();
        await _postgres.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A person's first window, in a browser that nobody used before.</summary>
    public Task<Desk> Open(string account, int width = 1440, int height = 900, string language = "zh-CN") =>
        Desk.Open(Browser, Url, account, width, height, language);

    /// <summary>A person without a browser: what a test takes for granted, it asks of the API.</summary>
    public Task<Official> SignIn(string account) => Official.SignIn(Url, account);

    /// <summary>A service of its own, for a test that stops it.</summary>
    public async Task<ServiceHost> StartAnother(string database, string url) =>
        await ServiceHost.StartAsync(Settings(await _postgres.CreateDatabaseAsync(database), url), default);

    static ServiceSettings Settings(string connectionString, string url) =>
        new() { ConnectionString = connectionString, Url = url, Packs = [Pack], DemoPassword = Password };

    async Task StartBrowser()
    {
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Chromium(),
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            ],
        });
    }

    static string Chromium() =>
        (from name in new[] { "chromium", "chromium-browser", "google-chrome", "google-chrome-stable" }
         from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
         select Path.Combine(folder, name)).FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("There is no Chromium on the PATH: sudo apt-get install chromium fonts-noto-cjk");

    static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "GridActors.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
