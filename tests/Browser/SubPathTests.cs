using System.Text.RegularExpressions;
using static Microsoft.Playwright.Assertions;

namespace GridActors.Browser.Tests;

/// <summary>
/// A deployment as some counties have it: below a path of a host that has other things at its root, and with an identity provider of its
/// own. The service also answers at the root, where the provider signs in as well.
/// </summary>
[Collection(Stand.Name)]
public sealed class SubPathTests(Stand stand, SubPathTests.County county) : IClassFixture<SubPathTests.County>
{
    public sealed class County : IAsyncLifetime
    {
        public LocalProvider Provider { get; private set; } = null!;
        public TestService Service { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Provider = await LocalProvider.Start();
            Service = await TestService.Start(change: settings =>
                settings with
                {
                    Overrides =
                    [
                        "Service:PathBase=/grid",
                        $"OpenId:Authority={Provider.Url}",
                        $"OpenId:ClientId={LocalProvider.ClientId}",
                        $"OpenId:ClientSecret={LocalProvider.Secret}",
                    ],
                }
            );
        }

        public async Task DisposeAsync()
        {
            await Service.DisposeAsync();
            await Provider.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("/grid")]
    public async Task The_identity_provider_signs_in_leads_back_and_signs_out(string path)
    {
        county.Provider.Person = "qinghe/dispatcher-1";
        var before = county.Provider.SignOuts.Count;
        await using var desk = await Open();
        await desk.Go($"{path}/console/search?status=open");
        await Expect(desk.Page).ToHaveURLAsync(new Regex($@"\d{path}/signin\?then="));
        await desk["provider"].ClickAsync();

        await Expect(desk.Page).ToHaveURLAsync(new Regex($@"\d{path}/console/search\?status=open$"));
        await Expect(desk["me"]).ToBeVisibleAsync();
        await desk["sign-out"].ClickAsync();
        await Expect(desk["signin"]).ToBeVisibleAsync();
        await Expect(desk.Page).ToHaveURLAsync(new Regex($@"\d{path}/signin"));
        Assert.Equal(before + 1, county.Provider.SignOuts.Count);
        await desk.Go($"{path}/console");
        await Expect(desk["signin"]).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Somebody_whom_the_provider_knows_and_the_county_does_not_is_told_so()
    {
        county.Provider.Person = "a-stranger";
        await using var desk = await Open();
        await desk.Go("/grid/");
        await desk["provider"].ClickAsync();

        await Expect(desk["provider-refused"]).ToBeVisibleAsync();
        await Expect(desk.Page).ToHaveURLAsync(new Regex(@"\d/grid/signin\?refused=unknown-person$"));
    }

    [Fact]
    public async Task Pages_below_a_path_load_reload_stay_live_and_open_without_the_service()
    {
        var reported = await (await county.Service.As("worker-1")).Report("C-A1-1");
        await using var desk = await Open("qinghe/dispatcher-1");
        var foreign = new System.Collections.Concurrent.ConcurrentBag<string>();
        desk.Page.Request += (_, request) =>
        {
            if (new Uri(request.Url) is { Scheme: "http" } url && !url.AbsolutePath.StartsWith("/grid", StringComparison.Ordinal))
                foreign.Add(url.AbsolutePath);
        };
        await desk.Go($"/grid/console/cases/{reported.Id}");
        await Expect(desk["case"]).ToBeVisibleAsync();
        await desk.Page.ReloadAsync();
        await Expect(desk["case"]).ToBeVisibleAsync();

        await desk.Go("/grid/board/C");
        await desk.IsLive();
        await Expect(desk["counter-unclaimed"]).ToContainTextAsync("1");
        await (await county.Service.As("worker-1")).Report("C-A1-1");
        await Expect(desk["counter-unclaimed"]).ToContainTextAsync("2");
        await desk.Go("/grid/nosuch");
        await desk["not-found"].GetByRole(Microsoft.Playwright.AriaRole.Link).First.ClickAsync();
        await Expect(desk["signin"]).ToBeVisibleAsync();

        await desk.Go("/grid/m");
        await Expect(desk["tabbar"]).ToBeVisibleAsync();
        await desk.Page.EvaluateAsync("navigator.serviceWorker.ready.then(() => true)");
        Assert.EndsWith("/grid/m", await desk.Page.EvaluateAsync<string>("navigator.serviceWorker.ready.then((one) => one.scope)"));
        await desk.Page.Context.SetOfflineAsync(true);
        await desk.Page.ReloadAsync();
        await Expect(desk["tabbar"]).ToBeVisibleAsync();

        Assert.Empty(foreign);
    }

    Task<Desk> Open(string? account = null) =>
        Desk.Open(stand.Browser, county.Service.Url.ToString().TrimEnd('/'), account, 1440, 900, "zh-CN");
}
