using System.Globalization;
using System.Text.RegularExpressions;
using static Microsoft.Playwright.Assertions;

namespace GridActors.Browser.Tests;

/// <summary>What heads see of the field work: who is on duty, doubts, a worker's day and its replay.</summary>
[Collection(Stand.Name)]
public sealed class FieldDeskTests(Stand stand)
{
    /// <summary>Of the known village, and of no other test.</summary>
    const string Worker = "ll-w-0003";

    /// <summary>When what the tests send ends. All of it belongs to one day.</summary>
    static readonly DateTimeOffset End = OneDay.LatestWith(TimeSpan.FromHours(3));
    static readonly string Day = End.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    [Fact]
    public async Task A_head_sees_who_is_on_duty_clears_a_doubt_and_replays_the_patrol()
    {
        var worker = await stand.As(Worker);
        await Send(
            worker,
            "check-ins",
            Item(1, End.AddMinutes(-90), "sign-in", 113.4),
            Item(2, End.AddMinutes(-80), "check-in", 113.4),
            // Far outside the grid, and too far from the place before.
            Item(3, End.AddMinutes(-70), "check-in", 114.9)
        );
        object Point(int minutes, double east) =>
            new
            {
                at = End.AddMinutes(-minutes),
                lon = 113.4 + east,
                lat = 27.6,
                accuracy = 8,
            };
        var walk = new[] { Point(60, 0), Point(56, 0.001), Point(52, 0.002), Point(20, 0.004), Point(16, 0.005) };
        await Send(
            worker,
            "tracks",
            new
            {
                id = Guid.NewGuid(),
                sequence = 4,
                at = End.AddMinutes(-10),
                points = walk,
            }
        );

        await using var desk = await stand.Open(Known.Director);
        await desk.Go($"/console/field?area={Known.Village}");
        var row = desk.Page.Locator($"[data-testid=duty-row][data-person='{Worker}']");
        await Expect(row).ToHaveAttributeAsync("data-state", "on-duty");
        await desk["tab-flags"].ClickAsync();
        var flag = desk.Page.Locator($"[data-testid=flag-row][data-person='{Worker}'][data-flag=impossible-speed]").First;
        await flag.GetByTestId("flag-clear").ClickAsync();
        await desk["clear-send"].ClickAsync();
        await Expect(desk["clear-reason"]).ToHaveAttributeAsync("aria-invalid", "true");
        await desk["clear-reason"].FillAsync("送老人去市医院");
        await desk["clear-send"].ClickAsync();
        await Expect(desk["dialog"]).ToHaveCountAsync(0);

        await desk["tab-duty"].ClickAsync();
        await row.GetByRole(Microsoft.Playwright.AriaRole.Link).ClickAsync();
        await Expect(desk["worker-day"]).ToHaveAttributeAsync("data-person", Worker);
        await Expect(desk["record-flag"].Filter(new() { HasText = "送老人去市医院" })).ToHaveCountAsync(1);
        await Expect(desk["track"]).ToHaveCountAsync(0);
        await desk["track-show"].ClickAsync();
        await Expect(desk["track"]).ToHaveAttributeAsync("data-gaps", "1");
        await Expect(desk["track-recorded"]).ToBeVisibleAsync();
        await desk["replay-at"]
            .EvaluateAsync("e => { e.value = (Number(e.min) + Number(e.max)) / 2; e.dispatchEvent(new Event('input')) }");
        await Expect(desk["track-here"]).ToHaveAttributeAsync("data-unknown", "true");
        var before = await desk["replay-time"].InnerTextAsync();
        await desk["replay-play"].ClickAsync();
        await Expect(desk["replay-time"]).Not.ToHaveTextAsync(before);
    }

    [Fact]
    public async Task A_head_lists_the_days_of_all_workers()
    {
        const string Listed = "ll-w-0004";
        var worker = await stand.As(Listed);
        await Send(worker, "check-ins", Item(1, End.AddMinutes(-150), "sign-in", 113.4), Item(2, End.AddMinutes(-5), "sign-out", 113.4));
        var handOver = new { text = "三号楼漏水", to = Worker };
        (await worker.Post($"/api/worker-days/me/{Day}/hand-over", handOver, Client.NewKey())).Expect(200);

        await using var desk = await stand.Open(Known.Director);
        await desk.Go($"/console/field?area={Known.Village}&tab=days");
        if (DateTimeOffset.UtcNow.ToOffset(End.Offset).Date != End.Date)
            await desk["days-before"].ClickAsync();

        var row = desk.Page.Locator($"[data-testid=day-row][data-person='{Listed}']");
        await Expect(row).ToHaveAttributeAsync("data-day", Day);
        await Expect(row.GetByTestId("day-silence")).ToHaveTextAsync("2 小时 25 分");
        await Expect(row.GetByTestId("day-hand-over")).ToBeVisibleAsync();
        await desk["days-before"].ClickAsync();
        await Expect(row).ToHaveCountAsync(0);
        await desk["days-after"].ClickAsync();
        await Expect(row).ToHaveCountAsync(1);
        await desk["days-corrected"].ClickAsync();
        await Expect(row).ToHaveCountAsync(0);
        await desk["days-one"].ClickAsync();
        await row.GetByRole(Microsoft.Playwright.AriaRole.Link).First.ClickAsync();
        await Expect(desk["worker-day"]).ToContainTextAsync("三号楼漏水");
    }

    [Fact]
    public async Task A_head_sees_where_phones_have_no_signal()
    {
        var worker = await stand.As("ll-w-0005");
        var kept = Enumerable.Range(1, 3).Select(n => Item(n, End.AddMinutes(-30 - n), "check-in", 113.4)).ToArray();
        await Send(worker, "check-ins", kept);

        await using var desk = await stand.Open(Known.Director);
        await desk.Go($"/console/field?area={Known.Village}");
        await desk["tab-signal"].ClickAsync();

        await Expect(desk["signal-row"].First).ToContainTextAsync("晚到");
        await Expect(desk.Page.Locator("[data-testid=signal-cell]:not([data-held='0'])").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_head_without_tracks_sees_the_day_and_no_track()
    {
        var worker = await stand.As("ll-w-0002");
        await Send(worker, "check-ins", Item(1, End.AddMinutes(-30), "sign-in", 113.4));
        await using var desk = await stand.Open(Known.TownLeader, language: "en");
        await desk.Go($"/console/field/ll-w-0002/{Day}");

        await Expect(desk["record"]).ToHaveCountAsync(1);
        await Expect(desk["record"]).ToContainTextAsync("Signed in");
        await Expect(desk["track-section"]).ToHaveCountAsync(0);
        Assert.DoesNotMatch(new Regex("113\\.4"), await desk["worker-day"].InnerTextAsync());
    }

    static object Item(int sequence, DateTimeOffset at, string kind, double lon) =>
        new
        {
            id = Guid.NewGuid(),
            sequence,
            at,
            kind,
            position = new
            {
                lon,
                lat = 27.6,
                accuracy = 8,
            },
        };

    static async Task Send(Client worker, string kind, params object[] items)
    {
        var answer = (
            await worker.Post(
                $"/api/{kind}",
                new
                {
                    device = "phone-desk",
                    sentAt = DateTimeOffset.UtcNow,
                    items,
                }
            )
        ).Expect(200).Body;
        Assert.All(answer.GetProperty("items").EnumerateArray(), i => Assert.Equal("taken", i.GetProperty("outcome").GetString()));
    }
}
