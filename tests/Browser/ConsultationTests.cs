using static Microsoft.Playwright.Assertions;

namespace GridActors.Browser.Tests;

/// <summary>A consultation in the pages: called at the desk, answered on the phone, decided with a task that is finished.</summary>
[Collection(Stand.Name)]
public sealed class ConsultationTests(Stand stand)
{
    [Fact]
    public async Task Consultation_is_called_answered_on_the_phone_decided_and_its_task_finished()
    {
        var worker = await stand.As(Known.GridWorker);
        var id = await worker.ReportCase(Known.FreshTitle("井盖反复塌陷"));
        var village = TestPacks.Liling.Holdings.First(h => h.Area == Known.Village && h.Post == "village-clerk").Person;
        var town = TestPacks.Liling.Holdings.First(h => h.Area == Known.Town && h.Post == "deputy-leader").Person;
        await using var desk = await stand.Open(Known.Director);
        await desk.Go($"/console/cases/{id}");
        await desk.IsLive();

        await desk["more-actions"].ClickAsync();
        await desk["action-consult"].ClickAsync();
        await desk["form-reason"].FillAsync("三次修复又塌，请会商");
        await desk["form-send"].ClickAsync();
        await desk["consultation-link"].ClickAsync();
        await Expect(desk["party"]).ToHaveCountAsync(3);
        await Expect(desk["consultation-state"]).ToHaveTextAsync("进行中");
        await Expect(desk["decision-form"]).ToHaveCountAsync(0);

        await using var phone = await stand.Open(village, 390, 844);
        await phone.Go($"/m/cases/{id}");
        await phone["consultation-link"].ClickAsync();
        await phone["opinion-text"].FillAsync("村里配合开挖");
        await phone["opinion-send"].ClickAsync();
        await Expect(phone["party"].Filter(new() { HasText = "村里配合开挖" })).ToHaveCountAsync(1);
        // The desk sees it without being asked.
        await Expect(desk["party"].Filter(new() { HasText = "村里配合开挖" })).ToHaveCountAsync(1);

        var consultation = desk.Page.Url[(desk.Page.Url.LastIndexOf('/') + 1)..];
        foreach (var person in new[] { town, Known.Desk })
            (await (await stand.As(person)).Post($"/api/consultations/{consultation}/opinion", new { text = "同意" })).Expect(200);
        await desk["decision-text"].FillAsync("重做路基");
        await desk["task-text"].FillAsync("开挖重做路基");
        await desk["task-owner"].SelectOptionAsync($"person:{village}");
        await desk["decision-send"].ClickAsync();
        await Expect(desk["decision"]).ToContainTextAsync("重做路基");

        await phone["task-finish"].ClickAsync();
        await phone["task-note"].FillAsync("路基已重做");
        await phone["task-done"].ClickAsync();
        await Expect(desk["task"]).ToContainTextAsync("路基已重做");

        await desk["nav-ledgers"].ClickAsync();
        await desk["nav-consultations"].ClickAsync();
        await Expect(desk["consultation"].First).ToContainTextAsync("已决定");
        await phone.Go("/m/consultations");
        await Expect(phone["consultation"].First).ToContainTextAsync("已决定");
    }
}
