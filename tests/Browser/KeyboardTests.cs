using System.Text.RegularExpressions;
using static Microsoft.Playwright.Assertions;

namespace GridActors.Browser.Tests;

[Collection(Stand.Name)]
public sealed class KeyboardTests(Stand stand)
{
    [Fact]
    public async Task J_and_k_move_through_the_to_dos_and_c_claims()
    {
        // No other test uses this town, so the list has only these two cases.
        var leader = await stand.As(Known.Leader);
        var first = await leader.ReportCase(Known.FreshTitle("井盖缺失"), area: "430281120");
        var second = await leader.ReportCase(Known.FreshTitle("井盖破损"), area: "430281120");
        await using var desk = await stand.Open(Enforcement("430281120"));
        await desk.Go("/console");
        await Expect(desk.Row(second)).ToBeVisibleAsync();
        await desk.IsLive();

        await desk.Page.Keyboard.PressAsync("j");
        await IsOpen(first);
        await desk.Page.Keyboard.PressAsync("j");
        await IsOpen(second);
        await desk.Page.Keyboard.PressAsync("k");
        await IsOpen(first);
        await Expect(desk.Row(first).GetByRole(Microsoft.Playwright.AriaRole.Link)).ToBeFocusedAsync();
        await Expect(desk["action-claim"]).ToBeVisibleAsync();
        await desk.Page.Keyboard.PressAsync("c");
        await Expect(desk["action-on-site"]).ToBeVisibleAsync();
        await Expect(desk.Row(second)).ToHaveAttributeAsync("data-role", "offered");

        async Task IsOpen(string id)
        {
            await Expect(desk.Page).ToHaveURLAsync(new Regex($"/console/cases/{id}$"));
            await Expect(desk["case"]).ToHaveAttributeAsync("data-version", "1");
        }
    }

    [Fact]
    public async Task A_slash_searches_from_anywhere_and_a_question_mark_explains_the_keys()
    {
        await using var desk = await stand.Open(Known.Desk);
        await desk.Go("/console");
        await Expect(desk["inbox"]).ToBeVisibleAsync();

        await desk.Page.Keyboard.PressAsync("?");
        await Expect(desk["dialog"]).ToContainTextAsync("快捷键");
        await desk.Page.Keyboard.PressAsync("Escape");
        await Expect(desk["dialog"]).ToHaveCountAsync(0);

        await desk.Page.Keyboard.PressAsync("/");
        await Expect(desk["search-text"]).ToBeFocusedAsync();
        await desk.Page.Keyboard.TypeAsync("jkc/?");
        await Expect(desk["search-text"]).ToHaveValueAsync("jkc/?");
    }

    [Fact]
    public async Task A_case_can_be_claimed_by_keyboard_alone()
    {
        var worker = await stand.As(Known.GridWorker);
        var id = await worker.ReportCase(Known.FreshTitle("井盖移位"));
        await using var desk = await stand.Open(Known.TownTeam);
        await desk.Go("/console");
        await desk.Row(id).GetByTestId("claim").FocusAsync();
        await desk.Page.Keyboard.PressAsync("Enter");

        await Expect(desk.Row(id)).ToHaveAttributeAsync("data-role", "mine");
        await Expect(desk["group-mine"].Locator($"[data-case='{id}']")).ToBeVisibleAsync();
        await Expect(desk.Row(id).GetByRole(Microsoft.Playwright.AriaRole.Link)).ToBeFocusedAsync();
    }

    [Fact]
    public async Task The_focus_stays_with_the_steps_of_a_case_after_a_dialog_is_sent_and_after_it_is_closed()
    {
        var worker = await stand.As(Known.GridWorker);
        var official = await stand.As(Known.Desk);
        var id = await worker.ReportCase(Known.FreshTitle("井盖松动"));
        await official.Do(id, "claim");
        await using var desk = await stand.Open(Known.Desk);
        await desk.Go($"/console/cases/{id}");
        await desk["action-resolve"].ClickAsync();
        await desk.Page.Keyboard.PressAsync("Escape");
        await Expect(desk["action-resolve"]).ToBeFocusedAsync();

        await desk["action-resolve"].ClickAsync();
        await desk["form-text"].FillAsync("已加固");
        await desk["form-send"].ClickAsync();

        await Expect(desk["case-status"]).ToHaveAttributeAsync("data-status", "resolved");
        var focused = await desk.Page.EvaluateAsync<bool>("() => document.querySelector('.actions').contains(document.activeElement)");
        Assert.True(focused);
    }

    static string Enforcement(string town) =>
        TestPacks.Liling.Holdings.First(h => h.Area == town && h.Post == "station-enforcement").Person;
}
