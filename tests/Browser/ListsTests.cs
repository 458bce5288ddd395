using static Microsoft.Playwright.Assertions;

namespace GridActors.Browser.Tests;

/// <summary>The four lists and leave, on a small pack of the test's own, which it may change.</summary>
[Collection(Stand.Name)]
public sealed class ListsTests(Stand stand)
{
    readonly string _id = "b" + Guid.NewGuid().ToString("N")[..12];

    [Fact]
    public async Task The_four_lists_are_browsed_and_a_category_is_edited_checked_and_published()
    {
        await stand.Load(
            TestPacks.FromFiles(
                _id,
                (name, text) =>
                    name == "catalogue.yaml"
                        ? "checklist:\n  - {name: 井盖, nameEn: Lids, group: 公共空间, category: other}\n" + text
                        : text
            )
        );
        await using var desk = await stand.Open($"{_id}/administrator");
        await desk.Go("/console/lists");
        await Expect(desk["category-row"]).ToHaveCountAsync(7);
        await desk["list-duty"].ClickAsync();
        await Expect(desk["duty-row"].First).ToContainTextAsync("综合执法队");
        await desk["list-patrol"].ClickAsync();
        await Expect(desk["patrol-row"]).ToContainTextAsync("井盖");
        await desk["list-assignment"].ClickAsync();
        await Expect(desk.Page.Locator("[data-testid=assignment-row][data-by=rules]").First).ToBeVisibleAsync();

        await desk["list-edit"].ClickAsync();
        var text = await desk["pack-text"].InputValueAsync();
        await desk["pack-text"]
            .FillAsync(text.Replace("recipients: [{post: worker}]", "recipients: [{post: nobody}]", StringComparison.Ordinal));
        await desk["pack-check"].ClickAsync();
        await desk["pack-error"].First.ClickAsync();
        await Expect(desk["pack-publish"]).ToHaveCountAsync(0);

        await desk["pack-text"].FillAsync(text);
        await desk["pack-view-categories"].ClickAsync();
        await desk["category-choice"].SelectOptionAsync("other");
        await desk["category-name"].FillAsync("杂事");
        await desk["term-solve"].Locator("input").First.FillAsync("5");
        await desk["category-apply"].ClickAsync();
        await desk["pack-view-checklist"].ClickAsync();
        await desk["patrol-add"].ClickAsync();
        await Expect(desk["patrol-line"]).ToHaveCountAsync(2);
        await desk["pack-view-text"].ClickAsync();
        var written = await desk["pack-text"].InputValueAsync();
        Assert.Contains("    name: 杂事\n", written, StringComparison.Ordinal);
        Assert.Contains("    clocks: {solve: 5wd}\n", written, StringComparison.Ordinal);
        Assert.Contains("  - {name: 新的巡查项, group: 公共空间}\n", written, StringComparison.Ordinal);

        await desk["pack-text"].FillAsync(text.Replace("name: 其他事项", "name: 杂项", StringComparison.Ordinal));
        await desk["pack-diff"].ClickAsync();
        await Expect(desk["pack-diff-lines"]).ToContainTextAsync("+     name: 杂项");
        await desk["pack-check"].ClickAsync();
        await Expect(desk["pack-change"]).ToContainTextAsync("杂项");
        await desk["pack-note"].FillAsync("改名");
        await desk["pack-publish"].ClickAsync();
        await Expect(desk["pack-said"]).ToContainTextAsync("第 2 版");
        await Expect(desk["pack-version"]).ToHaveCountAsync(2);
        await desk["pack-restore"].ClickAsync();
        await Expect(desk["pack-state"]).ToContainTextAsync("catalogue.yaml");
    }

    [Fact]
    public async Task Leave_is_entered_on_the_phone_and_ended_and_a_head_sees_it()
    {
        await stand.Load(TestPacks.FromFiles(_id));
        await using var phone = await stand.Open($"{_id}/worker-1", 390, 844);
        await phone.Go("/m/me");
        await phone["leave"].ClickAsync();
        await phone["leave-add"].ClickAsync();
        await phone.Page.Locator("[data-testid=leave-person][value=worker-2]").CheckAsync();
        await phone["leave-send"].ClickAsync();
        await Expect(phone["leave-row"]).ToHaveAttributeAsync("data-state", "away");
        await Expect(phone["leave-form"]).ToHaveCountAsync(0);

        await using var head = await stand.Open($"{_id}/leader-a");
        await head.Go("/console/leave");
        await Expect(head["leave-others"].GetByTestId("leave-row")).ToHaveAttributeAsync("data-state", "away");
        await head["leave-others"].GetByTestId("leave-end").ClickAsync();
        await Expect(head["leave-others"].GetByTestId("leave-row")).ToHaveAttributeAsync("data-state", "ended");
        await phone.Page.ReloadAsync();
        await Expect(phone["leave-row"]).ToHaveAttributeAsync("data-state", "ended");
    }
}
