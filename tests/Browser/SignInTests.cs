using System.Text.RegularExpressions;
using static Microsoft.Playwright.Assertions;

namespace GridActors.Browser.Tests;

[Collection(Stand.Name)]
public sealed class SignInTests(Stand stand)
{
    [Fact]
    public async Task An_official_signs_in_with_account_and_password_and_finds_the_to_dos()
    {
        await using var desk = await Stranger();
        await desk["account"].FillAsync(Known.Desk);
        await desk["password"].FillAsync(TestService.Password);
        await desk["signin"].ClickAsync();

        await Expect(desk["inbox"]).ToBeVisibleAsync();
        await Expect(desk["me"]).ToContainTextAsync(Known.NameOf(Known.Desk));
    }

    [Fact]
    public async Task In_a_demo_one_click_signs_in()
    {
        await using var desk = await Stranger();
        await desk.Page.Locator($"[data-testid=signin-person][data-account={Known.OtherDesk}]").ClickAsync();

        await Expect(desk["me"]).ToContainTextAsync(Known.NameOf(Known.OtherDesk));
    }

    [Fact]
    public async Task A_wrong_password_is_refused_in_a_sentence_and_the_account_stays_typed()
    {
        await using var desk = await Stranger();
        await desk["account"].FillAsync("ll-w-0011");
        await desk["password"].FillAsync("wrong");
        await desk["signin"].ClickAsync();

        await Expect(desk["signin-error"]).ToHaveTextAsync("账号或密码不对。忘记密码时请联系本区域的管理员。");
        await Expect(desk["account"]).ToHaveValueAsync("ll-w-0011");
    }

    [Fact]
    public async Task Too_many_wrong_passwords_lock_the_account_and_say_until_when()
    {
        await using var desk = await Stranger();
        await desk["account"].FillAsync("ll-w-0012");
        for (var attempt = 0; attempt < 5; attempt++)
        {
            await desk["password"].FillAsync($"wrong {attempt}");
            await desk.Page.RunAndWaitForResponseAsync(() => desk["signin"].ClickAsync(), "**/api/session");
        }

        await Expect(desk["signin-error"]).ToContainTextAsync("账号已暂时锁定。请在");
        await desk["password"].FillAsync(TestService.Password);
        await desk["signin"].ClickAsync();
        await Expect(desk["signin-error"]).ToContainTextAsync("账号已暂时锁定。请在");
    }

    [Fact]
    public async Task A_password_that_somebody_else_gave_is_changed_before_anything_else()
    {
        var administrator = await stand.As("ll-centre-director");
        var first = (await administrator.Post("/api/admin/people/ll-w-0013/password"))
            .Expect(200)
            .Body.GetProperty("password")
            .GetString()!;
        await using var desk = await Stranger();
        await desk["account"].FillAsync("ll-w-0013");
        await desk["password"].FillAsync(first);
        await desk["signin"].ClickAsync();

        await Expect(desk["new-password"]).ToContainTextAsync("这个密码是别人设的");
        await desk.Go("/m");
        await Expect(desk["new-password"]).ToBeVisibleAsync();
        await Fill(first, "1234567890", "1234567890");
        await Expect(desk["refused"]).ToBeVisibleAsync();
        await Fill(first, "绿水青山 lake 27", "绿水青山 lake 27");

        await Expect(desk.Page).ToHaveURLAsync(new Regex("/m/?$"));

        async Task Fill(string current, string next, string again)
        {
            await desk["current"].FillAsync(current);
            await desk["new"].FillAsync(next);
            await desk["again"].FillAsync(again);
            await desk["save-password"].ClickAsync();
        }
    }

    [Theory]
    [InlineData(Known.Leader, "/board/430281")]
    [InlineData(Known.Desk, "/console")]
    [InlineData(Known.GridWorker, "/m")]
    public async Task The_home_area_is_the_area_of_the_post(string account, string start)
    {
        await using var desk = await Stranger();
        await desk.Page.Locator($"[data-testid=signin-person][data-account={account}]").ClickAsync();

        await Expect(desk.Page).ToHaveURLAsync(new Regex(Regex.Escape(start) + "/?$"));
    }

    [Fact]
    public async Task Opening_an_address_without_a_session_leads_to_sign_in_and_back()
    {
        await using var desk = await Desk.Open(stand.Browser, stand.Url, null, 1440, 900, "zh-CN");
        await desk.Go($"/console/search?area={Known.Town}");
        await desk.Page.Locator($"[data-testid=signin-person][data-account={Known.TownLeader}]").ClickAsync();

        await Expect(desk.Page).ToHaveURLAsync(new Regex($@"/console/search\?area={Known.Town}$"));
        await Expect(desk["search-area"]).ToContainTextAsync("阳三石街道");
    }

    [Theory]
    [InlineData("/nosuch", "zh-CN", "没有这个页面")]
    [InlineData("/admin/people", "en", "There is no such page")]
    public async Task An_address_that_leads_nowhere_shows_a_page_with_a_way_back(string address, string language, string title)
    {
        await using var desk = await Desk.Open(stand.Browser, stand.Url, null, 1440, 900, language);
        var answer = await desk.Page.GotoAsync(address);

        Assert.Equal(404, answer!.Status);
        await Expect(desk["not-found"]).ToContainTextAsync(title);
        await desk["not-found"].GetByRole(Microsoft.Playwright.AriaRole.Link).ClickAsync();
        await Expect(desk["signin"]).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_file_that_does_not_exist_is_no_page()
    {
        var answer = await new Client(new(stand.Url), null).Get("/assets/nosuch.js");

        Assert.Equal((404, 0), (answer.Status, answer.Bytes.Length));
    }

    [Fact]
    public async Task Sign_out_ends_the_session()
    {
        await using var desk = await stand.Open(Known.Desk);
        await desk.Go("/console");
        await desk["sign-out"].ClickAsync();

        await Expect(desk["signin"]).ToBeVisibleAsync();
        await desk.Go("/console");
        await Expect(desk.Page).ToHaveURLAsync(new Regex(@"/signin\?then="));
    }

    [Fact]
    public async Task A_failed_sign_out_is_shown_and_keeps_the_person_signed_in()
    {
        await using var desk = await stand.Open(Known.Desk);
        await desk.Go("/console");
        await Expect(desk["inbox"]).ToBeVisibleAsync();
        await desk.Page.RouteAsync("**/api/session", r => r.AbortAsync());
        await desk["sign-out"].ClickAsync();

        await Expect(desk["error"]).ToBeVisibleAsync();
        await Expect(desk.Page).ToHaveURLAsync(new Regex("/console$"));
    }

    [Fact]
    public async Task A_board_outside_ones_area_says_so_and_links_home()
    {
        await using var desk = await stand.Open(Known.TownLeader);
        await desk.Go("/board/430281120");

        await Expect(desk["forbidden"]).ToContainTextAsync("不在您的岗位范围内");
        await Expect(desk["counter-unclaimed"]).ToHaveCountAsync(0);
        await desk["forbidden"].GetByRole(Microsoft.Playwright.AriaRole.Link).ClickAsync();
        await Expect(desk["board"]).ToHaveAttributeAsync("data-area", Known.Town);
    }

    async Task<Desk> Stranger()
    {
        var desk = await Desk.Open(stand.Browser, stand.Url, null, 1440, 900, "zh-CN");
        await desk.Go("/");
        return desk;
    }
}
