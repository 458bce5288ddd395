using System.Text.RegularExpressions;
using static Microsoft.Playwright.Assertions;

namespace GridActors.Browser.Tests;

/// <summary>A task, from its sending at the desk to its confirmation on the phone and the leader's figures.</summary>
[Collection(Stand.Name)]
public sealed class TaskTests(Stand stand)
{
    [Fact]
    public async Task A_notice_is_sent_at_the_desk_confirmed_on_the_phone_and_counted_live()
    {
        var title = $"通知 {Random.Shared.Next(100_000):D5}";
        await using var desk = await stand.Open(Known.Director);
        await desk.Go("/console/tasks");
        await desk["task-new"].ClickAsync();
        await desk["task-title"].FillAsync(title);
        await desk["task-text"].FillAsync("请阅读后确认");
        await desk["kind-notice"].CheckAsync();
        await desk["level-grid"].CheckAsync();
        await Expect(desk["task-cost"]).ToBeVisibleAsync();
        await desk["task-send"].ClickAsync();
        await Expect(desk["task-state"]).ToHaveTextAsync("进行中");
        var id = Regex.Match(desk.Page.Url, "[0-9a-f]{32}").Value;

        await using var phone = await Desk.Open(stand.Browser, stand.Url, Known.GridWorker, 390, 844, "zh-CN");
        await phone.Go("/m");
        await phone["today-tasks"].TapAsync();
        await phone.Page.Locator($"[data-testid=my-task][data-task=\"{id}\"]").TapAsync();
        await Expect(phone["task-done"]).ToHaveTextAsync("确认已读");
        await phone["task-done"].TapAsync();
        await Expect(phone["my-tasks"]).ToBeVisibleAsync();

        // The desk wasn't touched: its figures follow.
        await Expect(desk["task-progress"].Locator("tr.sum [data-column=done]")).ToHaveTextAsync("1");
        await Expect(desk["task-progress"].Locator("tr.sum [data-column=read]")).ToHaveTextAsync("1");
    }
}
