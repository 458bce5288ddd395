using System.Text.RegularExpressions;
using static Microsoft.Playwright.Assertions;

namespace GridActors.Browser.Tests;

/// <summary>The access journal and the page of one's own account.</summary>
[Collection(Stand.Name)]
public sealed class AdministrationTests(Stand stand)
{
    [Fact]
    public async Task The_access_journal_is_filtered_verified_and_exported()
    {
        await using var administrator = await stand.Open(Known.Director);
        await administrator.Go("/console/access");
        await administrator["access-kind"].SelectOptionAsync("sign-in");
        await administrator["access-person"].FillAsync(Known.Director);
        await administrator["access-person"].PressAsync("Enter");

        await Expect(administrator.Page).ToHaveURLAsync(new Regex($"(?=.*kind=sign-in)(?=.*person={Known.Director})"));
        await Expect(administrator["access-row"].First).ToContainTextAsync(Known.NameOf(Known.Director));
        await Expect(administrator.Page.Locator("[data-testid=access-row]:not([data-kind=sign-in])")).ToHaveCountAsync(0);
        await administrator.Page.ReloadAsync();
        await Expect(administrator["access-kind"]).ToHaveValueAsync("sign-in");
        await administrator["access-to"].FillAsync("2020-01-01");
        await administrator["access-to"].PressAsync("Enter");
        await Expect(administrator["empty"]).ToBeVisibleAsync();

        await administrator["access-verify"].ClickAsync();
        await Expect(administrator["access-verified"]).ToContainTextAsync("日志完整");
        var file = await administrator.Page.RunAndWaitForDownloadAsync(() => administrator["access-export"].ClickAsync());
        Assert.Matches(@"^访问日志-\d{4}-\d\d-\d\d\.csv$", file.SuggestedFilename);
    }

    [Fact]
    public async Task Whoever_does_not_administer_has_no_way_to_the_journal()
    {
        await using var desk = await stand.Open(Known.Desk);
        await desk.Go("/console");
        await Expect(desk["nav-search"]).ToBeVisibleAsync();
        await Expect(desk["nav-admin"]).ToHaveCountAsync(0);
        await desk.Go("/console/access");
        await Expect(desk["forbidden"]).ToBeVisibleAsync();
        await desk.Go("/console/screens");
        await Expect(desk["forbidden"]).ToBeVisibleAsync();
        await desk.Go("/console/accounts");
        await Expect(desk["forbidden"]).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_lost_second_factor_is_reset_on_the_page_of_the_accounts_and_recorded()
    {
        const string person = "ll-w-0023";
        var other = await stand.As(person);
        await using var administrator = await stand.Open(Known.Director);
        await administrator.Go("/console/access");
        await administrator["tab-accounts"].ClickAsync();
        await administrator["accounts-find"].FillAsync(person);
        await administrator["account-factor"].ClickAsync();
        await Expect(administrator["dialog"]).ToContainTextAsync(person);

        await administrator["account-sure"].ClickAsync();

        await Expect(administrator["accounts-said"]).ToContainTextAsync("两步验证已重置");
        (await other.Get("/api/me")).Expect(401, "not-signed-in");
        await administrator.Go($"/console/access?kind=second-factor-reset&person={Known.Director}");
        await Expect(administrator["access-row"].First).ToContainTextAsync(person);
    }

    [Fact]
    public async Task A_first_password_is_shown_once_and_only_for_people_whom_one_administers()
    {
        const string person = "ll-w-0024";
        await using var administrator = await stand.Open(Known.Director);
        await administrator.Go($"/console/accounts?area={Known.Grid}");
        await Expect(administrator["account-row"].First).ToBeVisibleAsync();
        await administrator["accounts-find"].FillAsync("nobody-at-all");
        await administrator["account-sessions"].ClickAsync();
        await administrator["account-sure"].ClickAsync();
        await Expect(administrator["dialog"].GetByTestId("error")).ToHaveAttributeAsync("data-code", "not-found");
        await administrator.Page.Keyboard.PressAsync("Escape");

        await administrator["accounts-find"].FillAsync(person);
        await administrator["account-password"].ClickAsync();
        await administrator["account-sure"].ClickAsync();

        var password = await administrator["account-first-password"].InnerTextAsync();
        var signedIn = await new Client(new(stand.Url), null).SignIn(person, password);
        (await signedIn.Get("/api/inbox")).Expect(403, "password-change-needed");
    }

    [Fact]
    public async Task Sessions_elsewhere_are_ended_one_by_one_or_together_and_this_one_goes_on()
    {
        const string person = "ll-w-0021";
        await using var desk = await stand.Open(person);
        var elsewhere = new Client(new(stand.Url), null);
        var others = new List<Client>();
        for (var n = 0; n < 3; n++)
            others.Add(await elsewhere.SignIn(person, TestService.Password));
        await desk.Go("/console/account");
        await Expect(desk["session-row"]).ToHaveCountAsync(4);
        await Expect(desk.Page.Locator("[data-testid=session-row][data-current=true]")).ToHaveCountAsync(1);

        await desk["session-end"].First.ClickAsync();
        await Expect(desk["session-row"]).ToHaveCountAsync(3);
        await desk["sessions-end-others"].ClickAsync();
        await Expect(desk["session-row"]).ToHaveCountAsync(1);
        await Expect(desk["account-said"]).ToBeVisibleAsync();

        foreach (var other in others)
            (await other.Get("/api/me")).Expect(401, "not-signed-in");
        await desk.Page.ReloadAsync();
        await Expect(desk["account-page"]).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Ones_own_password_is_changed_on_the_page_of_the_account()
    {
        const string person = "ll-w-0022";
        await using var desk = await stand.Open(person);
        await desk.Go("/console");
        await desk["me"].ClickAsync();
        await desk["current"].FillAsync(TestService.Password);
        await desk["new"].FillAsync("绿水青山 lake 27");
        await desk["again"].FillAsync("绿水青山 lake 27");
        await desk["save-password"].ClickAsync();

        await Expect(desk["account-said"]).ToContainTextAsync("密码已修改");
        await Expect(desk["current"]).ToHaveValueAsync("");
        await new Client(new(stand.Url), null).SignIn(person, "绿水青山 lake 27");
    }
}
