using System.Text.RegularExpressions;
using static Microsoft.Playwright.Assertions;

namespace GridActors.Browser.Tests;

/// <summary>A survey, from its draft at the desk to its answer on the phone and the figures.</summary>
[Collection(Stand.Name)]
public sealed class SurveyTests(Stand stand)
{
    [Fact]
    public async Task A_survey_is_drafted_at_the_desk_filled_in_on_the_phone_and_counted()
    {
        var name = $"谭{Random.Shared.Next(100_000):D5}";
        var worker = await stand.As(Known.GridWorker);
        var body = new
        {
            area = Known.Grid,
            fields = new { address = "渌江路 20 号" },
            residents = new[]
            {
                new
                {
                    kind = "registered",
                    relation = "02",
                    fields = new { name },
                },
            },
        };
        // One is asked by the worker, the other one by a code.
        for (var i = 0; i < 2; i++)
            (await worker.Post("/api/households", body, Client.NewKey())).Expect(201);
        var title = $"调查 {name}";

        await using var desk = await stand.Open(Known.Director);
        await desk.Go("/console/surveys");
        await desk["survey-new"].ClickAsync();
        await desk["survey-title"].FillAsync(title);
        await desk["survey-purpose"].FillAsync("安排慢病随访");
        await desk["question-name"].FillAsync("有慢性病吗？");
        await desk["question-type"].SelectOptionAsync("yes-no");
        await desk["survey-save"].ClickAsync();
        await Expect(desk["survey-state"]).ToHaveTextAsync("草稿");
        await desk["survey-publish"].ClickAsync();
        await desk["publish-send"].ClickAsync();
        await Expect(desk["survey-state"]).ToHaveTextAsync("进行中");
        var id = Regex.Match(desk.Page.Url, "[0-9a-f]{32}").Value;

        await using var phone = await Desk.Open(stand.Browser, stand.Url, Known.GridWorker, 390, 844, "zh-CN");
        await phone.Go($"/m/surveys/{id}");
        await phone["survey-page"].GetByRole(Microsoft.Playwright.AriaRole.Searchbox).FillAsync(name);
        await Expect(phone["target"]).ToHaveCountAsync(2);
        await phone["target"].First.TapAsync();
        await phone["sheet-send"].TapAsync();
        await Expect(phone["sheet-missing"]).ToBeVisibleAsync();
        await phone["question"].Locator("[data-choice=true]").TapAsync();
        await phone["sheet-send"].TapAsync();
        await Expect(phone["sheet-missing"]).ToHaveCountAsync(0);

        // The desk wasn't touched: its figures follow the answers.
        await Expect(desk["survey-progress"].Locator("tr.sum [data-column=answered]")).ToHaveTextAsync("1");

        await AnswerByCode(id, phone);
        await Expect(desk["survey-progress"].Locator("tr.sum [data-column=answered]")).ToHaveTextAsync("2");
    }

    /// <summary>The worker shows a code on the phone, and a resident scans it with another one that knows no account.</summary>
    async Task AnswerByCode(string survey, Desk phone)
    {
        await phone.Go($"/m/surveys/{survey}");
        await phone["target"].First.TapAsync();
        await phone["sheet-invite"].TapAsync();
        var address = await phone["invitation"].GetAttributeAsync("data-address");
        await using var own = await Desk.Open(stand.Browser, stand.Url, null, 390, 844, "zh-CN");
        await own.Go(address!);
        Assert.Empty(await AccessibilityTests.Findings(own, "/s"));
        await own["answer-send"].TapAsync();
        await own["question"].Locator("[data-choice=false]").TapAsync();
        await own["answer-send"].TapAsync();
        await Expect(own["answer-sent"]).ToBeVisibleAsync();
        await own.Page.ReloadAsync();
        await Expect(own["answer-closed"]).ToBeVisibleAsync();
    }
}
