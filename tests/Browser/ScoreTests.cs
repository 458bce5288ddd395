using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridActors.Browser.Tests;

/// <summary>A worker looks at their score and why, and their head at everybody's, down to the event.</summary>
[Collection(Stand.Name)]
public sealed class ScoreTests(Stand stand)
{
    /// <summary>Of no other test, in a village of no other test.</summary>
    const string Worker = "ll-w-0032";
    const string Village = "430281002208";

    [Fact]
    public async Task A_worker_sees_why_they_have_their_points_and_a_head_sees_the_same()
    {
        var worker = await stand.As(Worker);
        await SendPatrol(worker);
        await using var phone = await stand.Open(Worker, 390, 844);
        await phone.Go("/m/me");
        await phone["score-link"].TapAsync();
        var line = phone.Page.Locator("[data-testid=score-line][data-item=patrol]");
        await Expect(line.GetByTestId("line-points")).ToHaveTextAsync("15");
        await line.Locator("summary").TapAsync();
        await Expect(line.GetByTestId("evidence")).ToHaveCountAsync(1);
        await line.GetByTestId("evidence").Locator("a").TapAsync();
        await Expect(phone["diary"]).ToBeVisibleAsync();

        await using var desk = await stand.Open(Known.Director);
        await desk.Go($"/console/scores?area={Village}");
        var row = desk.Page.Locator($"[data-testid=score-row][data-person='{Worker}']");
        await Expect(row).ToContainTextAsync(Known.NameOf(Worker));
        await desk["by-mark"].ClickAsync();
        await Expect(desk["score-row"].First).ToHaveAttributeAsync("data-person", Worker);
        await row.GetByRole(AriaRole.Link).ClickAsync();
        var seen = desk.Page.Locator("[data-testid=score-line][data-item=patrol]");
        await Expect(seen.GetByTestId("line-points")).ToHaveTextAsync("15");
        await seen.Locator("summary").ClickAsync();
        await seen.GetByTestId("evidence").Locator("a").ClickAsync();
        await Expect(desk["worker-day"]).ToHaveAttributeAsync("data-person", Worker);
    }

    [Fact]
    public async Task A_worker_appeals_against_a_line_and_reads_what_was_decided()
    {
        var pack = "s" + Guid.NewGuid().ToString("N")[..12];
        await stand.Load(TestPacks.FromFiles(pack));
        await stand.CloseScores(pack);
        await using var phone = await stand.Open($"{pack}/worker-1", 390, 844);
        // The sweep closes it within a second or two.
        await Eventually.Is(async () =>
        {
            await phone.Go("/m/score");
            await Expect(phone["score-head"]).ToBeVisibleAsync();
            return await phone["score-closed"].CountAsync() == 1;
        });
        var line = phone.Page.Locator("[data-testid=score-line][data-item=reports]");
        await line.Locator("summary").TapAsync();
        await line.GetByTestId("appeal-do").TapAsync();
        await phone["appeal-send"].TapAsync();
        await Expect(phone["appeal-text"]).ToHaveAttributeAsync("aria-invalid", "true");
        await phone["appeal-text"].FillAsync("河道的事是我先报的");
        await phone["appeal-send"].TapAsync();
        await Expect(line.GetByTestId("appeal")).ToHaveAttributeAsync("data-state", "open");

        await using var desk = await stand.Open($"{pack}/clerk-a1");
        await desk.Go("/console/scores");
        await Expect(desk["appeals-waiting"]).ToHaveTextAsync("1");
        await desk["scores-try"].SelectOptionAsync("2");
        await Expect(desk["scores-tried"]).ToContainTextAsync("第 2 版");
        await Expect(desk["score-change"].First).ToBeVisibleAsync();
        await desk["tab-appeals"].ClickAsync();
        await desk["appeal-row"].GetByRole(AriaRole.Link).ClickAsync();
        await desk.Page.Locator("[data-testid=score-line][data-item=reports] summary").ClickAsync();
        await desk["appeal-decide"].ClickAsync();
        await desk["outcome-granted"].CheckAsync();
        await desk["decide-points"].FillAsync("5");
        await desk["decide-reason"].FillAsync("核对时间属实");
        await desk["decide-send"].ClickAsync();
        await Expect(desk["decide-appeal"]).ToHaveCountAsync(0);
        await Expect(desk["appeal"]).ToHaveAttributeAsync("data-state", "granted");

        await phone.Go("/m/score");
        await Expect(line.GetByTestId("line-points")).ToHaveTextAsync("5");
        await line.Locator("summary").TapAsync();
        await Expect(line.GetByTestId("appeal-decision")).ToContainTextAsync("核对时间属实");
    }

    static async Task SendPatrol(Client worker)
    {
        var now = DateTimeOffset.UtcNow;
        object Item(int sequence, string kind) =>
            new
            {
                id = Guid.NewGuid(),
                sequence,
                at = now.AddSeconds(sequence - 3),
                kind,
                position = new
                {
                    lon = 113.4,
                    lat = 27.6,
                    accuracy = 8,
                },
            };
        var batch = new
        {
            device = "phone-score",
            sentAt = now,
            items = new[] { Item(1, "sign-in"), Item(2, "patrol-start") },
        };
        (await worker.Post("/api/check-ins", batch)).Expect(200);
    }
}
