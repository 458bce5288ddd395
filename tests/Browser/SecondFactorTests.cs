using System.Text.RegularExpressions;
using GridActors.Domain.Packs;
using OtpNet;
using static Microsoft.Playwright.Assertions;

namespace GridActors.Browser.Tests;

/// <summary>Setting up an authenticator app on the sign-in page, and signing in with its codes.</summary>
[Collection(Stand.Name)]
public sealed class SecondFactorTests(Stand stand)
{
    [Fact]
    public async Task A_post_that_asks_for_it_sets_up_an_app_and_signs_in_with_its_codes()
    {
        var pack = await stand.Load(Asking());
        await using var desk = await Stranger();
        await EnterPassword(desk, $"{pack.Id}/dispatcher-1");

        await Expect(desk["second-factor"]).ToContainTextAsync("您的岗位要求");
        await desk.Go("/console");
        await Expect(desk["qr"]).ToBeVisibleAsync();
        Assert.True(await desk["qr"].EvaluateAsync<bool>("i => i.decode().then(() => i.naturalWidth > 0)"));
        var app = new Totp(Base32Encoding.ToBytes((await desk["secret"].InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal)));
        await desk["code"].FillAsync("000000");
        await desk["save-factor"].ClickAsync();
        await Expect(desk["refused"]).ToBeVisibleAsync();
        await desk["code"].FillAsync(app.ComputeTotp());
        await desk["save-factor"].ClickAsync();

        await Expect(desk["recovery-codes"].Locator("li")).ToHaveCountAsync(10);
        var recovery = await desk["recovery-codes"].Locator("li").First.InnerTextAsync();
        var saved = await desk.Page.RunAndWaitForDownloadAsync(() => desk["save-codes"].ClickAsync());
        Assert.Contains(recovery, await File.ReadAllTextAsync(await saved.PathAsync()), StringComparison.Ordinal);
        await desk["codes-kept"].ClickAsync();
        await Expect(desk.Page).ToHaveURLAsync(new Regex("/console/?$"));

        await using var other = await Stranger();
        await EnterPassword(other, $"{pack.Id}/dispatcher-1");
        await Expect(other["code"]).ToBeFocusedAsync();
        await other["code"].FillAsync("000000");
        await other["signin"].ClickAsync();
        await Expect(other["signin-error"]).ToContainTextAsync("验证码不对");
        await other["code"].FillAsync(app.ComputeTotp(DateTime.UtcNow.AddSeconds(30)));
        await other["signin"].ClickAsync();
        await Expect(other.Page).ToHaveURLAsync(new Regex("/board/"));

        await using var third = await Stranger();
        await EnterPassword(third, $"{pack.Id}/dispatcher-1");
        await third["code-kind"].ClickAsync();
        await third["code"].FillAsync(recovery);
        await third["signin"].ClickAsync();
        await Expect(third.Page).ToHaveURLAsync(new Regex("/board/"));
    }

    [Theory]
    [InlineData(1366, 768, "zh-CN")]
    [InlineData(390, 844, "zh-CN")]
    [InlineData(390, 844, "en")]
    public async Task The_setup_fits_its_screen_and_has_no_serious_finding(int width, int height, string language)
    {
        var pack = await stand.Load(Asking());
        await using var desk = await Stranger(width, height, language);
        await EnterPassword(desk, $"{pack.Id}/dispatcher-1");
        await Expect(desk["qr"]).ToBeVisibleAsync();

        Assert.True(await desk.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
        Assert.Empty(await AccessibilityTests.Findings(desk, "second factor"));
    }

    async Task<Desk> Stranger(int width = 1440, int height = 900, string language = "zh-CN")
    {
        var desk = await Desk.Open(stand.Browser, stand.Url, null, width, height, language);
        await desk.Go("/");
        return desk;
    }

    static async Task EnterPassword(Desk desk, string account)
    {
        await desk["account"].FillAsync(account);
        await desk["password"].FillAsync(TestService.Password);
        await desk["signin"].ClickAsync();
    }

    static Pack Asking()
    {
        var pack = TestPacks.Fresh();
        // The sign-in page offers nobody of it.
        return pack with
        {
            Demo = ["nobody"],
            Posts = [.. pack.Posts.Select(p => p.Id == "dispatcher" ? p with { SecondFactor = true } : p)],
        };
    }
}
