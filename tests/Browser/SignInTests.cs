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
        await desk["password"].FillAsync(Stand.Password);
        await desk["signin"].ClickAsync();

        await Expect(desk["inbox"]).ToBeVisibleAsync();
        await Expect(desk["me"]).ToContainTextAsync(Known.NameOf(Known.Desk));
    }

    [Fact]
    public async Task In_a_demo_one_click_is_enough()
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
        await desk["password"].FillAsync(Stand.Password);
        await desk["signin"].ClickAsync();
        await Expect(desk["signin-error"]).ToContainTextAsync("账号已暂时锁定。请在");
    }

    [Theory]
    [InlineData(Known.Leader, "/board/430281")]
    [InlineData(Known.Desk, "/console")]
    [InlineData(Known.GridWorker, "/m")]
    public async Task The_day_begins_where_the_post_works(string account, string start)
    {
        await using var desk = await Stranger();
        await desk.Page.Locator($"[data-testid=signin-person][data-account={account}]").ClickAsync();

        await Expect(desk.Page).ToHaveURLAsync(new Regex(Regex.Escape(start) + "/?$"));
    }

    [Fact]
    public async Task Whoever_opens_an_address_without_a_session_signs_in_and_comes_back_to_it()
    {
        await using var desk = await Desk.Open(stand.Browser, stand.Url, null, 1440, 900, "zh-CN");
        await desk.Go($"/console/search?area={Known.Town}");
        await desk.Page.Locator($"[data-testid=signin-person][data-account={Known.TownLeader}]").ClickAsync();

        await Expect(desk.Page).ToHaveURLAsync(new Regex($@"/console/search\?area={Known.Town}$"));
        await Expect(desk["search-area"]).ToContainTextAsync("阳三石街道");
    }

    [Fact]
    public async Task Whoever_signs_out_is_out()
    {
        await using var desk = await stand.Open(Known.Desk);
        await desk.Go("/console");
        await desk["sign-out"].ClickAsync();

        await Expect(desk["signin"]).ToBeVisibleAsync();
        await desk.Go("/console");
        await Expect(desk.Page).ToHaveURLAsync(new Regex(@"/signin\?then="));
    }

    [Fact]
    public async Task Whoever_could_not_be_signed_out_is_told_and_stays()
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
    public async Task A_board_outside_the_own_area_says_so_and_shows_the_way_home()
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
