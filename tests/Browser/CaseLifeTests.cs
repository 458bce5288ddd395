using static Microsoft.Playwright.Assertions;

namespace GridActors.Browser.Tests;

[Collection(Stand.Name)]
public sealed class CaseLifeTests(Stand stand)
{
    [Fact]
    public async Task A_case_is_claimed_resolved_closed_with_a_rating_and_reopened_in_the_pages()
    {
        var worker = await stand.As(Known.GridWorker);
        var id = await worker.ReportCase(Known.FreshTitle("井盖塌陷"));
        await using var desk = await stand.Open(Known.Desk);
        await using var reporter = await stand.Open(Known.GridWorker);
        await Task.WhenAll(desk.Go($"/console/cases/{id}"), reporter.Go($"/console/cases/{id}"));
        await Task.WhenAll(desk.IsLive(), reporter.IsLive());

        await desk["action-claim"].ClickAsync();
        await Has(reporter, "claimed");
        await desk["action-on-site"].ClickAsync();
        await Has(reporter, "on-site");

        await desk["action-resolve"].ClickAsync();
        await desk["form-text"].FillAsync("已更换井盖并加固。");
        await desk["dialog"].GetByTestId("photo-input").SetInputFilesAsync(Desk.Photo);
        await Expect(desk["dialog"].Locator("img")).ToBeVisibleAsync();
        await desk["form-send"].ClickAsync();
        await Expect(desk["dialog"]).ToHaveCountAsync(0);
        await Has(desk, "resolved");
        await Has(reporter, "resolved");
        await Expect(reporter["case"].Locator("article figure img")).ToBeVisibleAsync();

        await reporter["action-close"].ClickAsync();
        await reporter["dialog"].GetByLabel("4").CheckAsync();
        await reporter["form-text"].FillAsync("处理及时。");
        await reporter["form-send"].ClickAsync();
        await Has(reporter, "closed");
        await Has(desk, "closed");
        await Expect(desk["case"]).ToContainTextAsync("4 星");

        await reporter["action-reopen"].ClickAsync();
        await reporter["form-send"].ClickAsync();
        await Expect(reporter["dialog"]).ToContainTextAsync("还差：原因");
        await reporter["form-reason"].FillAsync("又松动了。");
        await reporter["form-send"].ClickAsync();
        await Has(desk, "offered");
        await Expect(desk["action-claim"]).ToBeVisibleAsync();

        var steps = await desk["history-step"].EvaluateAllAsync<string[]>("all => all.map(one => one.dataset.step)");
        Assert.Equal(["reopened", "closed", "resolved", "on-site", "claimed", "reported"], steps);
        await Expect(desk["history"]).ToContainTextAsync("又松动了。");
    }

    [Fact]
    public async Task Text_typed_into_a_step_survives_a_reload()
    {
        var worker = await stand.As(Known.GridWorker);
        var official = await stand.As(Known.Desk);
        var id = await worker.ReportCase(Known.FreshTitle("井盖倾斜"));
        await official.Do(id, "claim");
        await using var desk = await stand.Open(Known.Desk);
        await desk.Go($"/console/cases/{id}");
        await desk["action-resolve"].ClickAsync();
        await desk["form-text"].FillAsync("正在等配件");

        await desk.Page.ReloadAsync();
        await desk["action-resolve"].ClickAsync();

        await Expect(desk["form-text"]).ToHaveValueAsync("正在等配件");
    }

    [Fact]
    public async Task A_case_can_be_printed_without_the_desk_around_it()
    {
        var worker = await stand.As(Known.GridWorker);
        var title = Known.FreshTitle("井盖下沉");
        var id = await worker.ReportCase(title);
        await using var desk = await stand.Open(Known.Desk);
        await desk.Go($"/console/cases/{id}");
        await Expect(desk["history-step"]).ToHaveCountAsync(1);

        await desk.Page.EmulateMediaAsync(new() { Media = Microsoft.Playwright.Media.Print });

        await Expect(desk["case"]).ToContainTextAsync(title);
        await Expect(desk["recipients"]).ToBeVisibleAsync();
        foreach (var name in new[] { "inbox", "nav-console", "action-claim" })
            await Expect(desk[name]).ToBeHiddenAsync();
        var paper = await desk.Page.PdfAsync(new() { Format = "A4" });
        Assert.Equal("%PDF"u8.ToArray(), paper[..4]);
    }

    static Task Has(Desk desk, string status) => Expect(desk["case-status"]).ToHaveAttributeAsync("data-status", status);
}
