using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridActors.Browser.Tests;

/// <summary>One person's browser window.</summary>
public sealed class Desk : IAsyncDisposable
{
    readonly IBrowserContext _context;
    readonly List<string> _errors = [];

    Desk(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.PageError += (_, error) => _errors.Add(error);
    }

    public IPage Page { get; }

    public static async Task<Desk> Open(
        IBrowser browser,
        string url,
        string? account,
        int width,
        int height,
        string language,
        Geolocation? at = null
    )
    {
        var isPhone = width < 500;
        var context = await browser.NewContextAsync(
            new()
            {
                BaseURL = url,
                ViewportSize = new() { Width = width, Height = height },
                Locale = language,
                TimezoneId = "Asia/Shanghai",
                IsMobile = isPhone,
                HasTouch = isPhone,
                Geolocation = at,
                Permissions = at is null ? [] : ["geolocation"],
            }
        );
        context.SetDefaultTimeout(30_000);
        if (language == "en")
            await context.AddInitScriptAsync(
                "localStorage.getItem('gridactors.language') ?? localStorage.setItem('gridactors.language', 'en')"
            );
        if (account is not null)
        {
            // The session is a new one, because a test may end it.
            var session = await new Client(new(url), null).SignIn(account, TestService.Password);
            await context.AddCookiesAsync([
                new()
                {
                    Name = "gridactors",
                    Value = session.Token!,
                    Url = url,
                },
            ]);
        }
        return new(context, await context.NewPageAsync());
    }

    /// <summary>Another window of the same browser.</summary>
    public Task<IPage> AnotherWindow() => _context.NewPageAsync();

    public Task Go(string address) => Page.GotoAsync(address);

    public ILocator this[string testId] => Page.GetByTestId(testId);

    /// <summary>The row of the to-dos that holds a case.</summary>
    public ILocator Row(string caseId) => Page.Locator($"[data-testid=inbox-row][data-case='{caseId}']");

    public async Task<int> Number(string testId) =>
        int.Parse(
            Regex.Replace(await this[testId].Locator("b").InnerTextAsync(), @"\D", ""),
            System.Globalization.CultureInfo.InvariantCulture
        );

    public Task IsLive() => Expect(this["light"]).ToHaveAttributeAsync("data-light", "live");

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        Assert.Empty(_errors);
    }

    /// <summary>A small grey picture.</summary>
    public static readonly FilePayload Photo = new()
    {
        Name = "现场.png",
        MimeType = "image/png",
        Buffer = Convert.FromBase64String(
            "iVBORw0KGgoAAAANSUhEUgAAACgAAAAeCAIAAADRv8uKAAAAK0lEQVR42u3NMQ0AAAgDsOlECUrQiww4mvRvqudExGKxWCwW"
                + "i8VisVj8N17OgZfbbtAQ3wAAAABJRU5ErkJggg=="
        ),
    };
}
