using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridActors.Browser.Tests;

/// <summary>A worker's day on the phone, in a small pack of each test's own, so that each has a day of its own.</summary>
[Collection(Stand.Name)]
public sealed class DayTests(Stand stand)
{
    const string Checklist = """
        checklist:
          - {id: lamps, name: 路灯是否亮, group: 公共空间, category: other}
          - {id: fire-lanes, name: 消防通道, group: 安全隐患, category: hazard, photo: true}

        """;

    static readonly Geolocation InTheGrid = new()
    {
        Longitude = 113.02f,
        Latitude = 27.02f,
        Accuracy = 8,
    };

    readonly string _id = "w" + Guid.NewGuid().ToString("N")[..12];

    [Fact]
    public async Task A_worker_signs_in_patrols_and_a_hazard_becomes_a_case_with_one_tap()
    {
        await using var phone = await Begin();
        await Expect(phone["duty"]).ToHaveAttributeAsync("data-state", "off");
        await phone["duty-sign-in"].TapAsync();
        await Expect(phone["duty"]).ToHaveAttributeAsync("data-state", "on-duty");

        await phone["duty-patrol"].TapAsync();
        await phone["patrol-start"].TapAsync();
        await Expect(phone["patrol"]).ToHaveAttributeAsync("data-state", "under-way");
        var (lamps, lanes) = (Line(phone, "lamps"), Line(phone, "fire-lanes"));
        await lamps.GetByTestId("look-ok").TapAsync();
        await Expect(lamps).ToHaveAttributeAsync("data-seen", "ok");

        // Where the pack asks for a photo, nothing is noted without one.
        await lanes.GetByTestId("look-hazard").TapAsync();
        await phone["look-text"].FillAsync("消防通道堆满纸箱");
        await phone["look-report"].TapAsync();
        await Expect(phone["look-form"]).ToContainTextAsync("要拍照");
        await phone["photo-album"].SetInputFilesAsync(Desk.Photo);
        await phone["look-report"].TapAsync();
        await Expect(lanes).ToHaveAttributeAsync("data-seen", "hazard");
        await Expect(phone["patrol-count"]).ToContainTextAsync("2 / 2");

        await phone["patrol-end"].TapAsync();
        await phone.Page.Locator(".van-dialog__confirm").TapAsync();
        await Expect(phone["patrol-summary"]).ToContainTextAsync("2 / 2");

        // The record names the case, and the case is there, with the photo.
        var record = await Eventually.Is(
            async () => (await Records()).FirstOrDefault(r => r.GetProperty("checkpoint").GetString() == "fire-lanes"),
            r => r.ValueKind == JsonValueKind.Object && r.GetProperty("case").ValueKind == JsonValueKind.String
        );
        var worker = await Worker();
        var view = (await worker.Get($"/api/cases/{record.GetProperty("case").GetString()}")).Expect(200).Body;
        Assert.Equal("消防通道堆满纸箱", view.GetProperty("title").GetString());
        Assert.Equal(1, view.GetProperty("photos").GetArrayLength());
        await phone.Go("/m/patrol");
        await Expect(phone["patrol"]).ToHaveAttributeAsync("data-state", "none");
    }

    [Fact]
    public async Task One_visit_to_two_households_is_recorded_for_both_and_stands_on_their_cards()
    {
        await using var phone = await Begin();
        var (one, other) = (await Registered("卫甲访"), await Registered("蒋乙访"));
        await phone.Go($"/m/visits/new?household={one}");
        await Expect(phone["visit-household"]).ToContainTextAsync("卫甲访");
        await phone["visit-add"].TapAsync();
        await phone["pick-text"].FillAsync("蒋乙访");
        await phone.Page.Locator($"[data-testid=pick][data-household='{other}']").TapAsync();
        await phone["pick-done"].TapAsync();
        await Expect(phone["visit-household"]).ToHaveCountAsync(2);
        await phone["purpose-must-visit"].TapAsync();
        await phone["settle-needs"].GetByRole(AriaRole.Button, new() { Name = "未清" }).TapAsync();
        await phone["settle-needs"].Locator("input").FillAsync("需要助行器");
        await phone["visit-note"].FillAsync("两户都好");
        await phone["visit-send"].TapAsync();
        await Expect(phone["duty"]).ToBeVisibleAsync();

        await Eventually.Is(async () => (await Records()).Any(r => r.GetProperty("kind").GetString() == "visit"));
        foreach (var id in new[] { one, other })
        {
            await phone.Go($"/m/households/{id}");
            await Expect(phone["last-visit"]).ToContainTextAsync("需要助行器");
        }
    }

    [Fact]
    public async Task Diary_collects_the_day_by_itself_and_keeps_the_workers_words()
    {
        await using var phone = await Begin();
        await phone["duty-sign-in"].TapAsync();
        await Expect(phone["duty"]).ToHaveAttributeAsync("data-state", "on-duty");
        await phone["duty-check-in"].TapAsync();
        await Eventually.Is(async () => (await Records()).Count == 2);

        await phone["duty-diary"].TapAsync();
        await Expect(phone["day-line"]).ToHaveCountAsync(2);
        await Expect(phone["day-line"].First).ToHaveAttributeAsync("data-is", "taken");
        await phone["diary-text"].FillAsync("走访了老人，答应周五再去。");
        await phone["diary-save"].TapAsync();

        await Eventually.Is(async () =>
            (await Day()).GetProperty("diary") is { ValueKind: JsonValueKind.Object } diary
            && diary.GetProperty("text").GetString() == "走访了老人，答应周五再去。"
        );
        await phone.Page.ReloadAsync();
        await Expect(phone["diary-text"]).ToHaveValueAsync("走访了老人，答应周五再去。");
    }

    [Fact]
    public async Task What_is_done_without_a_signal_says_so_and_arrives_once()
    {
        await using var phone = await Begin();
        await phone.Page.Context.SetOfflineAsync(true);
        await phone["duty-sign-in"].TapAsync();
        await Expect(phone["duty"]).ToHaveAttributeAsync("data-state", "on-duty");
        await Expect(phone["duty-waiting"]).ToContainTextAsync("1");
        await phone["duty-check-in"].TapAsync();
        await Expect(phone["duty-waiting"]).ToContainTextAsync("2");
        Assert.Empty(await Records());

        await phone.Page.Context.SetOfflineAsync(false);

        await Eventually.Is(async () => (await Records()).Count == 2);
        await Expect(phone["duty-waiting"]).ToHaveCountAsync(0);
        await Expect(phone["duty"]).ToHaveAttributeAsync("data-state", "on-duty");
    }

    [Fact]
    public async Task An_appointment_is_booked_kept_by_a_visit_and_its_service_goes_on()
    {
        await using var phone = await Begin();
        var household = await Registered("沈约办");
        await phone.Go($"/m/appointments/new?household={household}");
        await phone["booking-service-materials"].TapAsync();
        await phone["booking-materials"].FillAsync("身份证");
        await phone["booking-from"].FillAsync("23:00");
        await phone["booking-until"].FillAsync("23:30");
        await phone["booking-send"].TapAsync();
        await phone["appointment"].First.TapAsync();
        await Expect(phone["appointment-page"]).ToHaveAttributeAsync("data-state", "agreed");
        await Expect(phone["appointment-page"]).ToContainTextAsync("沈约办");

        await phone["appointment-visit"].TapAsync();
        await Expect(phone["visit-household"]).ToContainTextAsync("沈约办");
        await phone["visit-send"].TapAsync();
        await Expect(phone["duty"]).ToBeVisibleAsync();

        await Expect(phone["open-services"]).ToBeVisibleAsync();
        await phone["open-services"].TapAsync();
        await phone["appointment"].First.TapAsync();
        await Expect(phone["appointment-service"]).ToHaveAttributeAsync("data-stage", "checked");
        await phone["appointment-service"].TapAsync();
        await Expect(phone["appointment-service"]).ToHaveAttributeAsync("data-stage", "delivered");
    }

    [Fact]
    public async Task No_page_of_the_day_has_a_serious_finding()
    {
        await using var phone = await Begin();
        var household = await Registered("韩无障");
        var found = new List<string>();
        foreach (
            var (address, shown) in new[]
            {
                ("/m", "duty"),
                ("/m/patrol", "patrol"),
                ($"/m/visits/new?household={household}", "visit-household"),
                ("/m/appointments", "appointments"),
                ($"/m/appointments/new?household={household}", "booking"),
                ("/m/diary", "diary"),
                ("/m/hand-over", "hand-over"),
            }
        )
        {
            await phone.Go(address);
            await Expect(phone[shown].First).ToBeVisibleAsync();
            found.AddRange(await AccessibilityTests.Findings(phone, address));
        }
        Assert.Empty(found);
    }

    async Task<Desk> Begin()
    {
        await stand.Load(TestPacks.FromFiles(_id, (name, text) => name == "catalogue.yaml" ? Checklist + text : text));
        var phone = await Desk.Open(stand.Browser, stand.Url, $"{_id}/worker-1", 390, 844, "zh-CN", InTheGrid);
        await phone.Go("/m");
        await Expect(phone["duty"]).ToBeVisibleAsync();
        return phone;
    }

    static ILocator Line(Desk phone, string id) => phone.Page.Locator($"[data-testid=checklist-line][data-line='{id}']");

    Task<Client> Worker() => stand.As("worker-1", _id);

    async Task<JsonElement> Day() => (await (await Worker()).Get("/api/worker-days/me")).Expect(200).Body;

    async Task<IReadOnlyList<JsonElement>> Records() => [.. (await Day()).GetProperty("records").EnumerateArray()];

    async Task<string> Registered(string name) => await (await Worker()).RegisterHousehold(name);
}
