using System.Text.RegularExpressions;
using static Microsoft.Playwright.Assertions;

namespace GridActors.Browser.Tests;

/// <summary>What residents see of their grid, from the desk that decides it to the phone that scans the code.</summary>
[Collection(Stand.Name)]
public sealed class GridCardTests(Stand stand)
{
    const string Phone = "0731-23257001";

    [Fact]
    public async Task The_desk_decides_what_is_shown_and_a_resident_who_scans_the_code_sees_it_and_nothing_else()
    {
        await using var desk = await stand.Open(Known.Director);
        await desk.Go($"/console/grid-cards?area={Known.Grid}");
        await desk["station-name"].FillAsync("便民服务站");
        await desk["station-phone"].FillAsync("12345");
        await desk["station-save"].ClickAsync();
        await Expect(desk["station-save"]).ToBeDisabledAsync();
        var row = desk.Page.Locator($"[data-testid=card-person][data-person='{Known.GridWorker}']");
        await row.GetByTestId("card-name").CheckAsync();
        await row.GetByTestId("card-phone").FillAsync("ring");
        await row.GetByTestId("card-save").ClickAsync();
        await Expect(row).ToContainTextAsync("不是电话号码");
        await row.GetByTestId("card-phone").FillAsync(Phone);
        await row.GetByTestId("card-photo").SetInputFilesAsync(Desk.Photo);
        await Expect(row.Locator("img")).ToBeVisibleAsync();
        await row.GetByTestId("card-save").ClickAsync();
        await Expect(row).ToHaveAttributeAsync("data-shown", "true");
        await desk["cards-make"].ClickAsync();
        await Expect(desk["card-codes"]).ToHaveAttributeAsync("data-total", "1");
        var address = await desk["cards-open"].GetAttributeAsync("href");
        await desk["cards-sheet"].ClickAsync();
        await Expect(desk["card-code"]).ToHaveCountAsync(1);

        await using var phone = await Desk.Open(stand.Browser, stand.Url, null, 390, 844, "zh-CN");
        await phone.Go(address!);
        await Expect(phone["card-person"].First).ToContainTextAsync("网格员");
        await Expect(phone["card-call"].First).ToHaveAttributeAsync("href", $"tel:{Phone}");
        await Expect(phone["card-person"].Locator("img")).ToBeVisibleAsync();
        await Expect(phone["card-station"]).ToContainTextAsync("便民服务站");
        await Expect(phone["card-day"]).ToHaveCountAsync(7);
        await phone["card-language"].TapAsync();
        await Expect(phone["card-office"]).ToContainTextAsync("Office hours");
        await Expect(phone.Page).ToHaveTitleAsync(await phone["card-area"].InnerTextAsync());

        await desk.Page.GoBackAsync();
        desk.Page.Dialog += (_, asked) => asked.AcceptAsync();
        await desk["cards-end"].ClickAsync();
        await Expect(desk["card-codes"]).ToHaveAttributeAsync("data-total", "0");
        await phone.Page.ReloadAsync();
        await Expect(phone["card-refused"]).ToHaveAttributeAsync("data-code", "gone");
    }

    [Fact]
    public async Task The_page_without_a_code_says_what_to_scan_and_loads_no_framework()
    {
        await using var phone = await Desk.Open(stand.Browser, stand.Url, null, 390, 844, "en");
        var scripts = new List<string>();
        phone.Page.Response += (_, answer) =>
        {
            if (Regex.IsMatch(answer.Url, @"\.js($|\?)"))
                scripts.Add(answer.Url);
        };
        await phone.Go("/g");

        await Expect(phone["card-refused"]).ToHaveAttributeAsync("data-code", "noCode");
        await Expect(phone["card-refused"]).ToContainTextAsync("Scan the code");
        Assert.InRange(scripts.Count, 1, 2);
        var bytes = 0;
        foreach (var script in scripts)
            bytes += (await (await phone.Page.APIRequest.GetAsync(script)).BodyAsync()).Length;
        Assert.InRange(bytes, 1, 20_000);
    }
}
