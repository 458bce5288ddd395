using static Microsoft.Playwright.Assertions;

namespace GridActors.Browser.Tests;

/// <summary>A worker looks at their score and why, and their head at everybody's, down to the event.</summary>
[Collection(Stand.Name)]
public sealed class ScoreTests(Stand stand)
{
    /// <summary>Of the known village, and of no other test.</summary>
    const string Worker = "ll-w-0002";

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
        await desk.Go($"/console/scores?area={Known.Village}");
        var row = desk.Page.Locator($"[data-testid=score-row][data-person='{Worker}']");
        await Expect(row).ToContainTextAsync(Known.NameOf(Worker));
        await desk["by-mark"].ClickAsync();
        await Expect(desk["score-row"].First).ToHaveAttributeAsync("data-person", Worker);
        await row.GetByRole(Microsoft.Playwright.AriaRole.Link).ClickAsync();
        var seen = desk.Page.Locator("[data-testid=score-line][data-item=patrol]");
        await Expect(seen.GetByTestId("line-points")).ToHaveTextAsync("15");
        await seen.Locator("summary").ClickAsync();
        await seen.GetByTestId("evidence").Locator("a").ClickAsync();
        await Expect(desk["worker-day"]).ToHaveAttributeAsync("data-person", Worker);
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
