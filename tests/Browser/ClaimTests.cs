using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridActors.Browser.Tests;

[Collection(Stand.Name)]
public sealed class ClaimTests(Stand stand)
{
    [Fact]
    public async Task Two_officials_who_claim_at_once_have_one_winner_and_the_other_sees_who()
    {
        await using var first = await stand.Open(Known.Desk);
        await using var second = await stand.Open(Known.OtherDesk);
        await Task.WhenAll(first.Go("/console"), second.Go("/console"));
        await Task.WhenAll(first.IsLive(), second.IsLive());
        var id = await Reported("井盖不见了");
        await Task.WhenAll(Expect(first.Row(id)).ToBeVisibleAsync(), Expect(second.Row(id)).ToBeVisibleAsync());

        // The page itself presses the buttons. The driver waits until a button stands still before it clicks, and by then the other
        // person's claim has removed it.
        var buttons = await Task.WhenAll(
            first.Row(id).GetByTestId("claim").ElementHandleAsync(),
            second.Row(id).GetByTestId("claim").ElementHandleAsync()
        );
        await Task.WhenAll(buttons.Select(b => b.EvaluateAsync("button => button.click()")));

        var anybody = await stand.As(Known.Leader);
        var claimant = (await anybody.Case(id)).Claimant;
        var (winner, loser) = claimant == Known.Desk ? (first, second) : (second, first);
        await Expect(loser.Row(id)).ToContainTextAsync(Known.NameOf(claimant!), new() { Timeout = 1000 });
        await Expect(winner.Row(id)).ToHaveAttributeAsync("data-role", "mine");
        await Expect(loser.Row(id)).ToHaveAttributeAsync("data-role", "watching");
        await Expect(loser.Row(id).GetByTestId("claim")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Two_windows_of_one_browser_keep_two_sessions()
    {
        await using var browser = await Desk.Open(stand.Browser, stand.Url, null, 1440, 900, "zh-CN");
        var (one, other) = (browser.Page, await browser.AnotherWindow());
        await SignIn(one, Known.Desk);
        await SignIn(other, Known.OtherDesk);
        await one.ReloadAsync();

        await Expect(one.GetByTestId("me")).ToContainTextAsync(Known.NameOf(Known.Desk));
        await Expect(other.GetByTestId("me")).ToContainTextAsync(Known.NameOf(Known.OtherDesk));

        static async Task SignIn(IPage page, string account)
        {
            await page.GotoAsync("/signin");
            await page.Locator($"[data-testid=signin-person][data-account={account}]").ClickAsync();
            await Expect(page.GetByTestId("inbox")).ToBeVisibleAsync();
        }
    }

    [Fact]
    public async Task Within_a_second_of_a_claim_every_screen_that_shows_the_case_names_the_claimant()
    {
        var id = await Reported("井盖松动异响");
        await using var list = await stand.Open(Known.Desk);
        await using var open = await stand.Open(Known.TownTeam);
        await Task.WhenAll(list.Go("/console"), open.Go($"/console/cases/{id}"));
        await Task.WhenAll(
            list.IsLive(),
            open.IsLive(),
            Expect(open["action-claim"]).ToBeVisibleAsync(),
            Expect(list.Row(id)).ToBeVisibleAsync()
        );

        var other = await stand.As(Known.OtherDesk);
        await other.Do(id, "claim");

        var name = Known.NameOf(Known.OtherDesk);
        await Task.WhenAll(
            Expect(list.Row(id).GetByTestId("claimed-by")).ToHaveTextAsync($"已由 {name} 认领", new() { Timeout = 1000 }),
            Expect(open["case-news"]).ToHaveTextAsync($"刚才 {name}：认领", new() { Timeout = 1000 }),
            Expect(open["action-claim"]).ToHaveCountAsync(0, new() { Timeout = 1000 })
        );
    }

    [Fact]
    public async Task A_lost_race_leaves_no_other_step_where_claim_stood()
    {
        var id = await Reported("井盖沉降");
        await using var loser = await stand.Open(Known.Desk);
        await loser.Go($"/console/cases/{id}");
        await Task.WhenAll(loser.IsLive(), Expect(loser["action-claim"]).ToBeVisibleAsync());
        var claim = await loser["action-claim"].BoundingBoxAsync();

        var other = await stand.As(Known.OtherDesk);
        await other.Do(id, "claim");
        await Expect(loser["action-claim"]).ToHaveCountAsync(0);

        await loser.Page.Mouse.ClickAsync(claim!.X + claim.Width / 2, claim.Y + claim.Height / 2);
        await Expect(loser["dialog"]).ToHaveCountAsync(0);
        var there = await loser.Page.EvaluateAsync<string>(
            "({ x, y }) => document.elementFromPoint(x, y).closest('button, a')?.dataset.testid ?? ''",
            new { x = (double)(claim.X + claim.Width / 2), y = (double)(claim.Y + claim.Height / 2) }
        );
        Assert.Equal("", there);
    }

    async Task<string> Reported(string words)
    {
        var worker = await stand.As(Known.GridWorker);
        return await worker.ReportCase(Known.FreshTitle(words));
    }
}
